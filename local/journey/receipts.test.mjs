// What a hospital is told, read as its IT would: with awscli and the department's own credentials.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Stack } from './stack.mjs';

const stack = new Stack();
const { folder } = stack;
const today = new Date().toISOString().slice(0, 10);
const files = {
  'weak.json': order('A-WEAK', '"birthDate":"1958-03-07"', ',"reference":{"number":"12345","verification":"date-of-birth"}'),
  'long.json': order('A-LONG', `"birthDate":"1958-03-07","givenName":"${'x'.repeat(300_000)}"`),
  'nickname.json': order('A-NICK', '"birthDate":"1958-03-07","nickname":"Annie"'),
  'hl7.txt': 'MSH|^~\\&|RIS',
};
let s3, noord, other;

function order(accession, patient, more = '') {
  return `{"type":"order","accession":"${accession}","placedAt":"${today}T00:00:00Z","patient":{"familyName":"Peeters",${patient}}${more}}`;
}

const aws = (who, ...words) => stack.aws(who, s3, '--output', 'json', ...words);
const keys = (listed) => (listed.stdout ? JSON.parse(listed.stdout).Contents ?? [] : []).map(({ Key }) => Key);
const list = (who, prefix) => aws(who, 's3api', 'list-objects-v2', '--bucket', s3.receipts, '--prefix', prefix);
const get = async (path, options) => (await fetch(`${stack.base}${path}`, options)).json();

before(async () => {
  if (process.env.STUDYGATE) stack.base = process.env.STUDYGATE;
  else await stack.serve('--empty');
  const config = await get('/local/config.json');
  s3 = config.s3;
  noord = config.departments.find(({ id }) => id === 'noord');
  other = config.departments.find(({ id }) => id !== 'noord');
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    const put = aws(noord, 's3', 'cp', join(folder, name), `s3://${s3.inbox}/in/noord/${name}`);
    assert.equal(put.status, 0, put.stderr);
  }
  await stack.until('all receipts', () => keys(list(noord, 'receipts/noord/')).length >= Object.keys(files).length);
});
after(() => stack.stop());

test('a department lists and reads its receipts', () => {
  const listed = list(noord, 'receipts/noord/');
  assert.equal(listed.status, 0, listed.stderr);
  const told = keys(listed).map((key) => {
    assert.match(key, /^receipts\/noord\/\d{8}T\d{6}Z-[0-9a-f]{32}\.json$/);
    const read = aws(noord, 's3', 'cp', `s3://${s3.receipts}/${key}`, '-');
    assert.equal(read.status, 0, read.stderr);
    assert.doesNotMatch(read.stdout, /Peeters|1958|12345|Annie/);
    return JSON.parse(read.stdout);
  });
  const by = Object.fromEntries(told.map((one) => [one.key, one]));
  assert.deepEqual(
    Object.fromEntries(Object.keys(files).map((name) => [name, by[`in/noord/${name}`]?.code])),
    { 'weak.json': 'weak-number', 'long.json': 'field-too-long', 'nickname.json': 'bad-json', 'hl7.txt': 'hl7-not-yet' },
  );
  assert.equal(by['in/noord/weak.json'].about.accession, 'A-WEAK');
  assert.match(by['in/noord/nickname.json'].sentence, /patient\.nickname/);
  for (const one of told) assert.deepEqual(Object.keys(one), ['key', 'code', 'sentence', 'at', 'about']);
});

test('and nothing else: no other prefix, no other bucket, no writing', () => {
  const [key] = keys(list(noord, 'receipts/noord/'));
  const refused = {
    'another department lists': list(other, 'receipts/noord/'),
    'another department reads': aws(other, 's3', 'cp', `s3://${s3.receipts}/${key}`, '-'),
    'a prefix above': list(noord, 'receipts/'),
    'a prefix that only begins alike': list(noord, 'receipts/noor'),
    'no prefix': aws(noord, 's3api', 'list-objects-v2', '--bucket', s3.receipts),
    'all buckets': aws(noord, 's3api', 'list-buckets'),
    'the inbox': aws(noord, 's3api', 'list-objects-v2', '--bucket', s3.inbox, '--prefix', 'in/noord/'),
    'an object of the inbox': aws(noord, 's3', 'cp', `s3://${s3.inbox}/in/noord/weak.json`, '-'),
    'studies': aws(noord, 's3api', 'list-objects-v2', '--bucket', 'studies-bucket', '--prefix', 'p10/noord/'),
    'quarantine': aws(noord, 's3api', 'list-objects-v2', '--bucket', 'quarantine-bucket', '--prefix', 'quar/noord/'),
    'a receipt of one’s own making': aws(noord, 's3api', 'put-object', '--bucket', s3.receipts, '--key', 'receipts/noord/mine.json'),
    'a copy': aws(noord, 's3api', 'copy-object', '--bucket', s3.receipts, '--key', 'receipts/noord/copy.json', '--copy-source', `${s3.receipts}/${key}`),
    'a deletion': aws(noord, 's3api', 'delete-object', '--bucket', s3.receipts, '--key', key),
    'many deletions': aws(noord, 's3', 'rm', '--recursive', `s3://${s3.receipts}/receipts/noord/`),
    'an upload in parts': aws(noord, 's3api', 'create-multipart-upload', '--bucket', s3.receipts, '--key', 'receipts/noord/mine.json'),
    'versions': aws(noord, 's3api', 'list-object-versions', '--bucket', s3.receipts),
    'rights': aws(noord, 's3api', 'put-object-acl', '--bucket', s3.receipts, '--key', key, '--acl', 'public-read'),
    'a bucket': aws(noord, 's3api', 'create-bucket', '--bucket', 'mine'),
    'the bucket’s end': aws(noord, 's3api', 'delete-bucket', '--bucket', s3.receipts),
  };
  for (const [what, { status, stdout, stderr }] of Object.entries(refused)) {
    assert.notEqual(status, 0, `${what}: ${stdout}`);
    assert.doesNotMatch(stdout, /weak-number|Contents/, what);
    assert.match(stderr, /AccessDenied|Forbidden|403|Access Denied|NotImplemented/, what);
  }
  assert.ok(keys(list(noord, 'receipts/noord/')).includes(key), 'it is still there');
});

test('when the day is over its technical address gets one mail', async () => {
  const mails = async () => (await get('/local/inbox.json')).filter(({ kind, text }) => kind === 'mail' && text.includes('weak-number: 1'));
  const advance = (by) => get('/local/clock', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ advance: by }) });
  await advance('P1D');
  await stack.until('the mail of the day', async () => (await mails()).length > 0, 120);
  await advance('P1D');
  const [mail, ...more] = await mails();
  assert.deepEqual(more, []);
  assert.equal(mail.to, 'beeldvorming-it@noord.example');
  assert.match(mail.text, /receipts\/noord\//);
  assert.doesNotMatch(mail.text + mail.html + mail.subject, /Peeters|1958|A-WEAK|12345/);
});
