import type { DirectoryLine, Share, ShareDefaults, ShareExam, ShareLine, ShareRecipient } from '../../lib/answers.ts';

export type Whom = ShareRecipient;
export type Kind = Whom['kind'];
export type Exam = ShareExam;
export type Access = Share['access'];
export type Defaults = ShareDefaults;
export type Done = Share;
/** One recipient's share, as the two lists tell it; `mail` where it was refused. */
export type Line = ShareLine & { readonly mail?: string | null };
/** Whom one can share with, as the directory tells. */
export type Listed = DirectoryLine;
