/** What the server answers, as docs/openapi.yaml says it. */
export type Desk = { readonly phone?: string | null; readonly email?: string | null };

export type Statement = 'privacy' | 'accessibility' | 'imprint';

export type Department = {
  readonly id: string;
  readonly name: string;
  readonly hospital: string;
  readonly phone: string;
  readonly email?: string | null;
  readonly address?: string | null;
  readonly website?: string | null;
  readonly logo?: string | null;
  readonly brand?: { readonly light: string; readonly dark: string } | null;
  readonly languages?: readonly string[];
  readonly conditionsVersion?: string;
  readonly partialBirthDates?: boolean;
  /** By kind, then by language; told of a department alone, not with a session. */
  readonly statements?: Readonly<Partial<Record<Statement, Readonly<Record<string, string>>>>> | null;
  readonly serviceDesk?: Desk | null;
};

export type Sent = {
  readonly channel?: 'sms' | 'email';
  readonly sentTo: string;
  readonly resendAt: string;
  readonly expiresAt: string;
};

export type Next = { readonly next: string; readonly from?: string | null } & Partial<Sent>;

export type Visit = {
  readonly kind: string;
  /** The server's clock when it answered. */
  readonly now: string;
  readonly expiresAt: string;
  readonly idleUntil: string;
  readonly department?: Department;
};

export type StudyLine = {
  readonly id: string;
  readonly date: string | null;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly patient: { readonly name: string; readonly birthDate?: string };
  readonly hasImages: boolean;
  readonly hasReport?: boolean;
};

export type SeriesLine = {
  readonly uid: string;
  readonly number?: number | null;
  readonly description: string;
  readonly modality: string;
  readonly instances: number;
  readonly frames?: number;
  readonly preview: string | null;
};

export type Manifest = {
  readonly id: string;
  readonly description: string;
  readonly date: string;
  readonly modalities: readonly string[];
  readonly patient: { readonly name: string };
  readonly department?: Department;
  readonly state: 'receiving' | 'complete';
  readonly series: readonly SeriesLine[];
  readonly report: { readonly state: ReportState } | null;
  /** There is one, and from then on it may be read. */
  readonly reportFrom?: string | null;
  readonly message?: string | null;
  readonly expiresAt: string;
};

export type Preview = {
  readonly frame: number;
  readonly small: string | null;
  readonly medium: string | null;
  readonly large?: string | null;
};

/** Where uncompressed pixels lie in the object, so that they are fetched without reading DICOM. */
export type Pixels = {
  readonly offset: number;
  readonly length: number;
  readonly frames: number;
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly signed: boolean;
  readonly slope: number;
  readonly intercept: number;
  readonly photometric: string;
  readonly planar?: boolean | number;
};

export type Instance = {
  readonly uid: string;
  readonly number?: number | null;
  readonly frames: number;
  readonly transferSyntax: string;
  readonly url: string;
  readonly preview: string | null;
  readonly previews?: readonly Preview[];
  readonly window?: { readonly center: number; readonly width: number } | null;
  readonly pixels?: Pixels | null;
  readonly frameMillis?: number;
};

export type SeriesContent = { readonly instances: readonly Instance[]; readonly next: string | null; readonly expiresAt: string };

export type ReportState = 'preliminary' | 'final' | 'corrected';

export type Report = {
  readonly state: ReportState;
  readonly text?: string | null;
  readonly pdfUrl?: string | null;
  readonly signedBy?: string | null;
  readonly at?: string | null;
  readonly language?: string;
};

export type Access = { readonly at: string; readonly who: string; readonly what: string };
