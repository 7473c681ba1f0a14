/** What is told of access. */
export type Standing = 'active' | 'blocked' | 'expired' | 'withdrawn' | 'waiting';
export type Sees = 'images' | 'images-and-report';

export type GrantLine = {
  readonly id: string;
  readonly kind: 'account' | 'group' | 'department';
  readonly name: string;
  readonly reason: string;
  readonly access: Sees;
  readonly from: string | null;
  readonly until: string | null;
  readonly by: string | null;
  readonly state: Standing;
};

export type Given = {
  readonly id: string;
  readonly kind: 'number' | 'print' | 'share' | 'glass';
  readonly state: Standing;
  readonly access: Sees;
  readonly verification: 'date-of-birth' | 'otp-sms' | 'otp-email' | 'payment';
  readonly sentTo: string | null;
  readonly failures: number;
  readonly dateFailures: number;
  readonly from: string | null;
  readonly until: string | null;
  readonly madeAt: string | null;
  readonly by: string | null;
  readonly reason: string | null;
  readonly anonymized: boolean;
};

export type BucketLine = Given & { readonly studies: number };

export type SentLine = Given & {
  readonly department: string;
  readonly patient: { readonly name: string; readonly birthDate: string | null; readonly id: string | null } | null;
  readonly studies: readonly { readonly id: string; readonly date: string | null; readonly description: string }[];
};

export type AccessTold = { readonly grants: readonly GrantLine[]; readonly buckets: readonly BucketLine[]; readonly refused: string | null };
