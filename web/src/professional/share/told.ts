/** Whom one can share with, as the directory tells; `id` is none of somebody without an account. */
export type Kind = 'user' | 'group' | 'department' | 'email' | 'mobile';
export type Listed = {
  readonly kind: 'user' | 'group' | 'department';
  readonly id: string;
  readonly name: string;
  readonly number?: string | null;
  readonly email?: string | null;
  readonly mobile?: string | null;
  readonly language?: string | null;
  /** whether a code can be sent there */
  readonly hasMobile?: boolean | null;
  readonly favourite?: boolean;
};
export type Whom = { readonly kind: Kind; readonly id?: string | null; readonly name: string };
export type Exam = { readonly id: string; readonly date?: string | null; readonly description: string; readonly patient?: string | null };
export type Access = 'report-read' | 'report-write';

/** What a share of these studies begins with. */
export type Defaults = {
  readonly department: { readonly id: string; readonly name: string };
  readonly patient: string;
  readonly exams: readonly Exam[];
  readonly validUntil: string;
  readonly validityMaximum?: string | null;
  readonly unlimited: boolean;
  readonly languages: readonly string[];
  readonly language: string;
  readonly access: readonly Access[];
  readonly remembered: { readonly twoFactor?: boolean; readonly sendMail?: boolean } | null;
  readonly agreement: string;
  readonly anonymize: boolean;
  /** when the way ends by which one holds them */
  readonly until?: string | null;
  /** who has any of them already */
  readonly shared: readonly { readonly recipient: Whom; readonly access: Access; readonly until?: string | null; readonly studies: readonly string[] }[];
};

/** What a share came to. */
export type Done = {
  readonly id: string;
  readonly shares: readonly { readonly bucket: string; readonly recipient: Whom; readonly studies: readonly string[]; readonly twoFactor: boolean; readonly sendMail: boolean }[];
  readonly patient: string;
  readonly exams: readonly Exam[];
  readonly access: Access;
  readonly language: string;
  readonly validUntil?: string | null;
  readonly urgent: boolean;
  readonly anonymize: boolean;
  readonly furtherSharing: boolean;
  readonly message?: string | null;
};

/** One recipient's share, as the two lists tell it. */
export type Line = {
  readonly bucket: string;
  readonly recipient: Whom;
  readonly by: { readonly id: string; readonly name: string };
  readonly studies: readonly { readonly id: string; readonly date?: string | null; readonly description: string; readonly patient?: string | null }[];
  readonly access: Access;
  readonly from: string;
  readonly until?: string | null;
  readonly state: 'active' | 'blocked' | 'expired' | 'withdrawn' | 'waiting';
  readonly openedAt?: string | null;
  readonly twoFactor: boolean;
  readonly anonymised: boolean;
  readonly urgent: boolean;
  readonly message: boolean;
  readonly children: number;
  readonly mail?: string | null;
};
