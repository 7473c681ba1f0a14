import * as plain from '../lib/api.ts';
import { ended } from './session.ts';

export type { Answer } from '../lib/api.ts';

/** The door to the server for whoever is signed in: a session that is over ends the page, wherever it is told. */
export const get = <T>(path: string): Promise<plain.Answer<T>> => heard(plain.get<T>(path));
export const post = <T>(path: string, body: object = {}): Promise<plain.Answer<T>> => heard(plain.post<T>(path, body));
/** An act that is done once under its key, however often it is sent. */
export const once = <T>(path: string, key: string, body: object): Promise<plain.Answer<T>> => heard(plain.change<T>('POST', path, body, { 'Idempotency-Key': key }));
export const patch = <T>(path: string, body: object): Promise<plain.Answer<T>> => heard(plain.change<T>('PATCH', path, body));
export const put = <T>(path: string, body: object = {}): Promise<plain.Answer<T>> => heard(plain.change<T>('PUT', path, body));
export const remove = <T>(path: string, body: object = {}): Promise<plain.Answer<T>> => heard(plain.change<T>('DELETE', path, body));
export const getPublic = plain.getPublic;

async function heard<T>(asked: Promise<plain.Answer<T>>): Promise<plain.Answer<T>> {
  const answer = await asked;
  if (answer.kind === 'refused' && answer.code === 'session-ended') ended();
  return answer;
}
