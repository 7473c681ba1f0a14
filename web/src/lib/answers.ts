/** What the server answers. Made of docs/openapi.yaml by `npm run types`; check-template holds it to that. */

export type Problem = {
  readonly code: 'bad-request' | 'signature-invalid' | 'password-too-short' | 'password-too-common' | 'no-study' | 'too-many-studies' | 'studies-of-several-departments' | 'studies-of-several-patients' | 'verification-not-allowed' | 'not-a-mobile' | 'country-not-allowed' | 'not-an-email' | 'report-not-allowed' | 'reason-missing' | 'reason-too-long' | 'language-unknown' | 'valid-until-past' | 'valid-until-too-late' | 'agreement-missing' | 'label-wrong' | 'label-unknown' | 'message-too-long' | 'anonymize-not-possible' | 'recipient-missing' | 'too-many-recipients' | 'recipient-twice' | 'recipient-is-oneself' | 'recipient-unknown' | 'recipient-without-mobile' | 'recipient-without-code' | 'recipient-without-account' | 'too-much-at-once' | 'write-not-held' | 'unlimited-not-allowed' | 'idempotency-key-missing' | 'idempotency-key-reused' | 'combination-incorrect' | 'code-incorrect' | 'session-ended' | 'payment-returned' | 'code-needed' | 'forbidden' | 'not-found' | 'read-only' | 'conflict' | 'already-paid' | 'payment-pending' | 'mobile-unreachable' | 'blocked' | 'blocked-for-good' | 'no-number' | 'not-for-payment' | 'whole-order' | 'not-paid' | 'nothing-left' | 'already-matched' | 'persons-needed' | 'version-changed' | 'no-order' | 'not-by-hand' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'payment-unavailable' | 'internal';
  readonly title: string;
  readonly status: number;
  readonly requestId: string;
  /** the parameter of the query, or the field of the body, that is not known, comes twice, is not written as it should be or is not changed here */
  readonly parameter?: string;
  /** each field of a policy that is wrong, and how */
  readonly errors?: readonly PolicyFault[];
  /** of `code-needed`: of what the code is asked for */
  readonly bucket?: string;
  /** of `version-changed`: the one in force */
  readonly version?: number;
  readonly at?: Instant;
  /** who put it in force; null for an operator */
  readonly by?: string | null;
};

export type PolicyFault = {
  /** as a path: `policy.report`, `statements.privacy.nl` */
  readonly field: string;
  readonly code: 'missing' | 'wrong' | 'read-only' | 'contrast' | 'too-large' | 'not-a-picture' | 'too-long' | 'over-maximum' | 'in-use';
};

export type PolicyLine = {
  readonly version: number;
  readonly at: Instant;
  /** who put it in force; null for an operator */
  readonly by: string | null;
  /** fields in which it differs from the one before */
  readonly changed: readonly string[];
};

export type PolicyNow = {
  readonly version: number;
  readonly at: Instant;
  readonly by: string | null;
  readonly policy: DepartmentRules;
  /** the newest 50, the newest first */
  readonly versions: readonly PolicyLine[];
};

export type PolicyVersion = {
  readonly version: number;
  readonly at: Instant;
  readonly by: string | null;
  readonly changed: readonly string[];
  readonly policy: DepartmentRules;
};

export type PolicyChange = {
  readonly department?: string;
  /** the one that was edited */
  readonly version: number;
  readonly policy: DepartmentRules;
};

/** a department, field by field as docs/policy.md tells */
export type DepartmentRules = {
  readonly id: string;
  readonly name: string;
  readonly hospital: string;
  readonly contact: {
    readonly phone: string;
    readonly email?: string | null;
    readonly address?: string | null;
    readonly website?: string | null;
  };
  /** data:image/png;base64,… */
  readonly logo?: string | null;
  readonly brand: {
    readonly light: string;
    readonly dark: string;
  };
  readonly languages: readonly string[];
  readonly zone: string;
  readonly conditionsVersion: string;
  readonly policy: Rules;
  readonly statements?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export type Rules = {
  readonly verification: 'date-of-birth' | 'otp-sms' | 'otp-email' | 'payment';
  /** `never`, `at-once`, `when-released` or `after-14-days` */
  readonly report: string;
  /** ISO 8601: `P1M` */
  readonly validityDefault: string;
  readonly validityMaximum: string;
  readonly minimumComplexityBits?: number;
  /** ISO 8601: `PT10M` */
  readonly quiet: string;
  readonly countryPrefixes: readonly string[];
  readonly accessionCase?: 'ignored' | 'kept';
  readonly partialBirthDates?: boolean;
  /** whether what is shared with accounts may be without an end */
  readonly unlimited?: boolean;
  readonly technicalAddress?: string | null;
  /** ISO 8601: `P10Y`; null: without end */
  readonly retention?: string | null;
  /** by which ways one-time codes go; absent: by each */
  readonly channels?: readonly ('sms' | 'email')[];
  /** what a printed number may ask for; absent: each of them */
  readonly printing?: readonly ('date-of-birth' | 'otp-sms' | 'otp-email')[];
  readonly payment?: PaymentRules | null;
};

export type PaymentRules = {
  readonly currency: string;
  /** in the smallest unit */
  readonly price: number;
  readonly prices?: Readonly<Record<string, number>>;
  readonly methods: readonly string[];
  readonly afterRefund?: 'end' | 'keep';
  readonly afterLostDispute?: 'end' | 'keep';
  readonly freeRoute: Readonly<Record<string, string>>;
  readonly receipt?: boolean;
};

export type Uid = string;

export type StudyId = string;

export type Instant = string;

/** lives 60 seconds */
export type Address = string;

/** of the department, and ours; it says nothing of any patient */
export type DeskId = string;

export type PersonId = string;

/** kept in the trail */
export type DeskReason = string;

export type Why = {
  readonly reason: DeskReason;
};

export type Dealt = {
  readonly done?: boolean;
};

export type OrderSearch = {
  readonly q: string;
  readonly department?: string;
};

export type Match = {
  readonly study: StudyId;
  /** whose files are the patient's; if none is named, those that fit the order, or the only person that there is */
  readonly persons?: readonly PersonId[];
  readonly reason: DeskReason;
};

export type Release = {
  readonly persons: readonly PersonId[];
  readonly reason: DeskReason;
};

export type ReceiptPage = readonly ReceiptLine[];

export type ReceiptLine = {
  readonly id: DeskId;
  /** of the object; empty where several say it together */
  readonly key: string;
  /** one of docs/receipts.md */
  readonly code: string;
  /** in English */
  readonly sentence: string;
  readonly at: Instant;
  readonly done: boolean;
  readonly doneAt: string | null;
  readonly about: ReceiptAbout;
};

export type ReceiptAbout = {
  readonly accession: string | null;
  readonly studyUid: string | null;
  readonly sopUid: string | null;
};

export type OrderPage = readonly DeskOrder[];

export type DeskOrder = {
  readonly id: DeskId;
  readonly accession: string;
  readonly placedAt: Instant;
  readonly patient: DeskPatient;
  readonly studies: readonly OrderedStudy[];
  readonly number: DeskNumber | null;
  readonly payment: DeskPayment | null;
  /** that make sense now and that whoever asks may do */
  readonly acts: readonly ('unlock' | 'regenerate' | 'paid' | 'pincode' | 'judge')[];
};

export type DeskPatient = {
  readonly name: string;
  readonly birthDate: string;
  readonly id: string | null;
  readonly issuer: string | null;
  readonly sex: string | null;
};

export type OrderedStudy = {
  readonly id: StudyId;
  readonly date: string | null;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly instances: number;
  readonly state: 'announced' | 'arriving' | 'complete' | 'held' | 'elsewhere';
  /** codes of receipts, or `waits-for-order` */
  readonly why: readonly string[];
  readonly byHand: boolean;
};

export type DeskNumber = {
  readonly state: 'valid' | 'blocked' | 'expired' | 'withdrawn' | 'weak' | 'taken' | 'refused';
  /** the code of a receipt */
  readonly why: string | null;
  /** wrong dates of birth in a row */
  readonly failures: number;
  /** wrong codes in a row */
  readonly codeFailures: number;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly verification: string | null;
};

export type DeskPayment = {
  readonly state: 'unpaid' | 'pending' | 'paid' | 'failed';
  readonly pincodeFailures: number;
  readonly byHand: boolean;
  /** the last two digits */
  readonly mobile: string | null;
};

export type GrantId = string;

export type StudyAccess = {
  readonly grants: readonly AccessGrant[];
  readonly buckets: readonly AccessBucket[];
  /** the code of a receipt, where the number that came with the order opens nothing: `weak-number`, `number-taken`, … */
  readonly refused: string | null;
  /** who got files as they came, the newest first; to the department and the service desk */
  readonly downloads: readonly AccessDownload[];
};

export type AccessDownload = {
  readonly at: string;
  readonly kind: 'patient' | 'professional' | 'staff';
  /** what an account is called */
  readonly by: string | null;
};

export type AccessGrant = {
  readonly id: GrantId;
  readonly kind: 'account' | 'group' | 'department';
  /** empty of who is there no more */
  readonly name: string;
  readonly reason: 'requested' | 'copied' | 'staff' | 'reference' | 'shared';
  readonly access: 'images' | 'images-and-report';
  readonly from: string | null;
  readonly until: string | null;
  readonly by: string | null;
  /** of what was given on also as it stands above */
  readonly state: 'active' | 'blocked' | 'expired' | 'withdrawn' | 'waiting';
  /** of what somebody gave to somebody with an account */
  readonly shared: {
    readonly bucket: string;
    /** the bucket that it was given on from */
    readonly under: string | null;
    /** for those who look after it alone */
    readonly reason: string | null;
    readonly twoFactor: boolean;
    /** wrong codes in a row */
    readonly failures: number;
    /** whether the report may be written */
    readonly write: boolean;
    /** whether it may be given on */
    readonly further: boolean;
    /** copies without the person are opened */
    readonly anonymized: boolean;
    readonly left: LeftOut;
  } | null;
};

export type NewNumber = {
  /** in groups */
  readonly number: string;
  readonly validUntil: string;
};

export type AccessBucket = {
  readonly id: string;
  readonly kind: 'number' | 'print' | 'share' | 'glass';
  readonly state: 'active' | 'blocked' | 'expired' | 'withdrawn' | 'waiting' | 'refused';
  readonly access: 'images' | 'images-and-report';
  readonly verification: 'date-of-birth' | 'otp-sms' | 'otp-email' | 'payment';
  /** masked */
  readonly sentTo: string | null;
  /** wrong codes or pincodes in a row */
  readonly failures: number;
  /** wrong dates of birth in a row */
  readonly dateFailures: number;
  readonly from: string | null;
  /** when it ends by itself */
  readonly until: string | null;
  readonly madeAt: string | null;
  /** whoever gave it; nobody where a hospital's system did */
  readonly by: string | null;
  /** for those who look after it alone */
  readonly reason: string | null;
  readonly anonymized: boolean;
  /** at the desk, where the number of an order opens it */
  readonly order: string | null;
  /** the code of a receipt, where the number that came is of no use and none of ours is made yet: `weak-number`, `number-taken` */
  readonly refused: string | null;
  readonly left: LeftOut;
  /** how many it opens */
  readonly studies: number;
};

export type SentPage = readonly SentBucket[];

export type SentBucket = {
  readonly id: string;
  readonly kind: 'number' | 'print' | 'share' | 'glass';
  readonly state: 'active' | 'blocked' | 'expired' | 'withdrawn' | 'waiting' | 'refused';
  readonly access: 'images' | 'images-and-report';
  readonly verification: 'date-of-birth' | 'otp-sms' | 'otp-email' | 'payment';
  /** masked */
  readonly sentTo: string | null;
  /** wrong codes or pincodes in a row */
  readonly failures: number;
  /** wrong dates of birth in a row */
  readonly dateFailures: number;
  readonly from: string | null;
  /** when it ends by itself */
  readonly until: string | null;
  readonly madeAt: string | null;
  /** whoever gave it; nobody where a hospital's system did */
  readonly by: string | null;
  /** with whom it was shared */
  readonly to: {
    readonly kind: 'account' | 'group' | 'department';
    /** empty for who is there no more */
    readonly name: string;
  } | null;
  /** for those who look after it alone */
  readonly reason: string | null;
  readonly anonymized: boolean;
  /** at the desk, where the number of an order opens it */
  readonly order: string | null;
  /** the code of a receipt, where the number that came is of no use and none of ours is made yet: `weak-number`, `number-taken` */
  readonly refused: string | null;
  readonly left: LeftOut;
  readonly department: string;
  readonly patient: SentPatient | null;
  readonly studies: readonly SentStudy[];
};

/** images that anonymized copies do not have, by why, most first; for who gave them */
export type LeftOut = readonly ({
  readonly why: 'kind' | 'stream' | 'overlay' | 'undecodable' | 'outside' | 'damaged' | 'unseen';
  readonly images: number;
})[];

export type SentPatient = {
  readonly name: string;
  readonly birthDate: string | null;
  readonly id: string | null;
};

export type SentStudy = {
  readonly id: StudyId;
  readonly date: string | null;
  readonly description: string;
};

export type HeldPage = readonly HeldStudy[];

export type HeldStudy = {
  readonly id: StudyId;
  readonly since: string | null;
  readonly why: readonly string[];
  readonly date: string | null;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly instances: number;
  readonly complete: boolean;
  readonly accessions: readonly string[];
  readonly order: OrderName | null;
  readonly patient: FilePerson | null;
  readonly persons: number;
  readonly byHand: boolean;
};

export type OrderName = {
  readonly id: DeskId;
  readonly accession: string;
};

export type FilePerson = {
  readonly id: PersonId;
  /** in capitals */
  readonly name: string;
  /** as far as it is known; may be empty */
  readonly birthDate: string;
  readonly patientId: string;
  readonly issuer: string;
  readonly accessions: readonly string[];
  readonly files: number;
  readonly shown: boolean;
};

export type WaitingCopies = readonly WaitingCopy[];

export type WaitingCopy = {
  readonly id: StudyId;
  readonly bucket: string;
  /** of the study that is copied */
  readonly instances: number;
  /** how many of them somebody must look at */
  readonly waiting: number;
  /** why, the first of several: a modality, `burned-in`, `screen` and the like */
  readonly reason: string;
  readonly madeAt: string;
};

export type LookedAtCopy = {
  readonly id: StudyId;
  readonly instances: readonly {
    /** of what was taken */
    readonly uid: string;
    readonly rows: number;
    readonly columns: number;
    readonly frames: number;
    /** the frame of the first of the pictures */
    readonly from: number;
    /** of the frames from there on, for a minute */
    readonly pictures: readonly string[];
  }[];
};

/** `clean`, or `regions` that are covered */
export type CopyPixels = {
  readonly clean?: boolean;
  readonly regions?: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** of which; of all that wait where it is absent */
    readonly instances?: readonly string[];
  }[];
};

export type JudgedStudy = {
  readonly study: HeldStudy;
  readonly persons: readonly FilePerson[];
  readonly orders: readonly CandidateOrder[];
  readonly pictures: readonly PersonPicture[];
  readonly acts: readonly ('match' | 'release' | 'unmatch' | 'looked-at')[];
};

export type CandidateOrder = {
  readonly id: DeskId;
  readonly accession: string;
  readonly patient: DeskPatient;
  /** the order names the study by its UID */
  readonly listed: boolean;
  readonly fits: readonly PersonFit[];
};

export type PersonFit = {
  readonly person: PersonId;
  readonly likeness: 'same' | 'other' | 'unknown';
};

export type PersonPicture = {
  readonly person: PersonId;
  readonly series: string;
  readonly url: Address;
};

export type Login = {
  /** letters and digits count; case, width, blanks, dashes and what nobody sees do not, O is 0, I and L are 1 */
  readonly reference: string;
  /** `1958-03-07`; `1958-03` or `1958` where the hospital knows no more and allows it */
  readonly dateOfBirth: string;
};

export type Code = {
  /** six digits; what stands between them does not matter */
  readonly code: string;
};

export type Checkout = {
  /** one of the department's `methods` */
  readonly method: string;
  /** of the page to pay on; English where it is not one of ours, that of the order where it is not given */
  readonly language?: string;
};

export type CheckoutPage = {
  /** on `checkout.stripe.com` */
  readonly url: string;
};

export type Pincode = {
  /** eight digits; what stands between them does not matter */
  readonly pincode: string;
};

export type Whom = {
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
};

export type Amount = {
  /** in the smallest unit of the currency */
  readonly value: number;
  readonly currency: string;
};

/** the last day of access, to be said before paying: the end of the images' retention by the department's policy; null where what is paid for has no end */
export type AccessUntil = string | null;

export type Payment = {
  readonly status: 'unpaid' | 'pending' | 'paid' | 'failed';
  /** how the newest session stands or has ended; null before the first */
  readonly last: 'open' | 'pending' | 'expired' | 'failed' | 'paid' | 'disputed' | 'won' | 'lost' | 'refunded' | null;
  readonly studyDate: string | null;
  readonly accessUntil: AccessUntil;
  readonly hospital: string;
  /** masked */
  readonly mobile: string;
  readonly department: Whom;
  readonly amount: Amount;
  readonly methods: readonly string[];
  /** by language: how to get the own file for nothing */
  readonly freeRoute: Readonly<Record<string, string>>;
  /** what was or is to be paid by the newest try, and a number to quote; null before one and after a payment by hand */
  readonly payment: {
    readonly number: string;
    readonly amount: Amount;
  } | null;
};

export type Proof = {
  readonly code: string;
};

export type ShareCode = {
  /** the last two digits */
  readonly sentTo: string;
  /** null when no more codes are sent */
  readonly resendAt: string | null;
  readonly expiresAt: Instant;
};

export type Next = {
  readonly next: 'open' | 'otp' | 'pay' | 'pincode' | 'wait';
  /** with `open` of a number that is added to a list: it stood there before */
  readonly already?: boolean;
  /** with `wait`: the first day on which the number opens */
  readonly from?: string | null;
  readonly channel?: 'sms' | 'email';
  /** masked */
  readonly sentTo?: string;
  readonly resendAt?: string | null;
  readonly expiresAt?: Instant;
  /** this and what follows with `pay` */
  readonly studyDate?: string | null;
  readonly accessUntil?: AccessUntil;
  readonly hospital?: string;
  /** with `pay` and `pincode`: the registered one, masked */
  readonly mobile?: string;
  readonly department?: Whom;
  readonly amount?: Amount;
  readonly methods?: readonly string[];
  /** by language: how to get the own file for nothing */
  readonly freeRoute?: Readonly<Record<string, string>>;
};

export type Username = {
  /** a mail address, in whatever letters */
  readonly username: string;
};

export type Password = {
  readonly password: string;
};

export type FactorCode = {
  /** six digits; what stands between them does not matter */
  readonly code: string;
  readonly rememberBrowser?: boolean;
};

export type Brought = {
  readonly code: string;
  readonly state: string;
};

export type NewPassword = {
  /** where it was sent: six digits */
  readonly code?: string;
  readonly password: string;
};

export type Registration = {
  readonly givenName: string;
  readonly familyName: string;
  /** a mail address */
  readonly username: string;
  /** with or without its country, whatever stands between the digits */
  readonly mobile: string;
  /** letters and digits count */
  readonly physicianNumber: string;
  readonly language: string;
  readonly password: string;
};

export type FactorChoice = {
  readonly factor: Factor;
};

export type Factor = 'totp' | 'sms' | 'email' | 'none';

export type LoginNext = {
  readonly next: 'password' | 'redirect' | 'totp' | 'otp' | 'choose-factor' | 'enrol-totp' | 'new-password' | 'confirm-groups' | 'open';
  /** this and the next three with `otp` */
  readonly channel?: 'sms' | 'email';
  /** masked */
  readonly sentTo?: string;
  readonly resendAt?: string | null;
  readonly expiresAt?: Instant;
  /** with `redirect`: where the hospital signs its people in */
  readonly url?: string;
  /** with `choose-factor` */
  readonly factors?: readonly Factor[];
  /** with `choose-factor`: nobody comes in without one */
  readonly mandatory?: boolean;
  /** with `enrol-totp`: to be typed into an app */
  readonly secret?: string;
  /** with `enrol-totp`: the same for a picture */
  readonly uri?: string;
  /** with `new-password`: the code that was sent is asked for beside it */
  readonly code?: boolean;
  /** with `confirm-groups`: the visit is open, so it may be put off */
  readonly groups?: readonly {
    readonly id: string;
    readonly name: string;
    readonly members: readonly {
      readonly name: string;
      readonly admin: boolean;
      readonly primary: boolean;
    }[];
  }[];
  /** with `open` and `confirm-groups`: the last attempt since the last visit that was refused */
  readonly failedAt?: string | null;
};

export type Sent = {
  readonly channel: 'sms' | 'email';
  /** the last two digits, or first letter and domain */
  readonly sentTo: string;
  /** null when no more codes are sent */
  readonly resendAt: string | null;
  readonly expiresAt: Instant;
};

export type Visit = {
  readonly kind: 'patient' | 'professional';
  readonly now: Instant;
  readonly idleUntil: Instant;
  readonly expiresAt: Instant;
  readonly department: Department | null;
  /** who has signed in with an account; `registered` until the service desk has looked at it */
  readonly professional: {
    readonly name: string;
    readonly role: 'professional' | 'department-staff' | 'department-admin' | 'service-desk';
    readonly state: 'registered' | 'active';
  } | null;
};

export type Account = {
  /** the mail address with which one signs in */
  readonly username: string;
  readonly name: string;
  readonly familyName: string;
  readonly givenName: string;
  /** how automated mails address somebody */
  readonly gender: 'female' | 'male' | 'other' | null;
  /** where codes go */
  readonly mobile: string | null;
  readonly workPhone: string | null;
  readonly physicianNumbers: readonly string[];
  readonly language: string;
  readonly factor: 'none' | 'totp' | 'sms' | 'email';
  readonly role: 'professional' | 'department-staff' | 'department-admin' | 'service-desk';
  /** `registered` until the service desk has looked at it: nothing flows yet */
  readonly state: 'registered' | 'active';
  /** whom staff and admins work for */
  readonly department: string | null;
  /** who keeps the password of a federated account; null where it is changed here */
  readonly passwordWith: string | null;
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
  }[];
  readonly privacy: Privacy;
  readonly mappings: readonly Mapping[];
  readonly mailDefaults: MailDefaults;
};

/** what other users find of somebody whom they look for; with none of them nobody is found */
export type Privacy = {
  readonly contact?: boolean;
  readonly email?: boolean;
  readonly mobile?: boolean;
};

/** what mails a new mapping begins with */
export type MailDefaults = {
  readonly mailOnStudy?: boolean;
  readonly mailOnReport?: boolean;
};

/** studies of a department arrive by themselves when they were asked for by this physician number, or copied to it */
export type Mapping = {
  readonly id: string;
  readonly department: string;
  /** as the department knows the physician */
  readonly name: string;
  readonly physicianNumber: string;
  /** with which they are shared */
  readonly group: string | null;
  readonly mailOnStudy: boolean;
  readonly mailOnReport: boolean;
};

export type Attempt = {
  readonly at: Instant;
  /** the address that it came from */
  readonly from: string;
  /** `signed-in`, or why not */
  readonly outcome: string;
};

export type Browser = {
  readonly id: string;
  /** its kind and its system: `Firefox, Windows` */
  readonly device: string;
  readonly since: Instant;
  readonly until: Instant;
};

export type Compositions = {
  readonly groups: readonly Composition[];
};

export type Composition = {
  readonly id: string;
  readonly name: string;
  /** whether it is to be confirmed now */
  readonly due: boolean;
  /** when this one said last that it is right */
  readonly confirmedAt: string | null;
  readonly members: readonly {
    readonly name: string;
    readonly admin: boolean;
    readonly primary: boolean;
  }[];
};

export type GroupsSaid = {
  readonly right?: readonly string[];
  readonly wrong?: readonly string[];
};

export type ActReason = {
  /** kept in the trail */
  readonly reason: string;
};

export type Verification = {
  readonly reason: string;
  /** where it is another than was registered */
  readonly physicianNumber?: string;
  /** whose exams arrive; all of them where none is named */
  readonly departments?: readonly string[];
};

export type NewMapping = {
  readonly department: string;
  readonly physicianNumber: string;
  /** as the department knows the physician; else as the account has it */
  readonly name?: string;
  /** of the account, with which they are shared */
  readonly group?: string;
  readonly reason: string;
};

/** `q` alone, or `kind` with what belongs to it: a group or a department by `name`, a user by all that is given. */
export type DirectorySearch = {
  readonly q?: string;
  readonly kind?: 'user' | 'group' | 'department';
  readonly name?: string;
  readonly familyName?: string;
  readonly givenName?: string;
  /** how a physician number begins */
  readonly number?: string;
  /** as it is */
  readonly email?: string;
  /** as it is, with or without its country */
  readonly mobile?: string;
};

export type FavouriteKind = {
  readonly kind: 'user' | 'group' | 'department';
};

export type DirectoryLines = readonly DirectoryLine[];

export type DirectoryLine = {
  readonly kind: 'user' | 'group' | 'department';
  readonly id: string;
  /** of a department behind its hospital */
  readonly name: string;
  /** the first physician number of whoever lets others see it */
  readonly number: string | null;
  /** of whoever lets others see it */
  readonly email: string | null;
  /** of whoever lets others see it */
  readonly mobile: string | null;
  /** of a user */
  readonly language: string | null;
  /** of a user: whether a code can be asked before what is shared opens */
  readonly hasMobile: boolean | null;
  readonly favourite: boolean;
};

export type AccountSearch = {
  readonly q: string;
};

export type AccountsFound = {
  readonly accounts: readonly AccountFound[];
};

export type AccountFound = {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: 'professional' | 'department-staff' | 'department-admin' | 'service-desk';
  readonly state: 'registered' | 'active' | 'disabled';
  readonly locked: boolean;
  readonly department: string | null;
  readonly physicianNumbers: readonly string[];
  readonly mobile: string | null;
  readonly workPhone: string | null;
  readonly mappings: readonly Mapping[];
};

export type PasswordChange = {
  readonly current: string;
  /** 15 characters or more, 8 with a second factor; none that many have, and not the user name */
  readonly password: string;
};

export type AccountChange = {
  readonly gender?: 'female' | 'male' | 'other' | null;
  /** four digits or more, with the punctuation of telephone numbers */
  readonly workPhone?: string | null;
  /** one that the pages speak */
  readonly language?: string;
  readonly privacy?: Privacy;
  readonly mailDefaults?: MailDefaults;
};

export type Departments = {
  readonly departments: readonly {
    readonly id: string;
    readonly name: string;
    readonly hospital: string;
  }[];
  readonly serviceDesk: ServiceDesk | null;
};

export type Environments = {
  /** this environment, if it has neighbours */
  readonly here: {
    readonly country: string;
    readonly name: string;
  } | null;
  readonly others: readonly {
    readonly country: string;
    readonly name: string;
    readonly origin: string;
  }[];
  /** the country that the edge sees the browser in */
  readonly visitor: string | null;
};

export type Department = {
  readonly id: string;
  readonly name: string;
  readonly hospital: string;
  readonly phone: string;
  readonly email: string | null;
  readonly address: string | null;
  readonly website: string | null;
  /** where its logo is */
  readonly logo: string | null;
  readonly brand: {
    readonly light: string;
    readonly dark: string;
  };
  readonly languages: readonly string[];
  readonly conditionsVersion: string;
  /** whether its patients may sign in with the year, or the year and the month, of birth */
  readonly partialBirthDates: boolean;
  /** privacy, accessibility, imprint and diagnosis, each by language, a text or an address of https://; told with the department itself alone */
  readonly statements: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
  readonly serviceDesk: ServiceDesk | null;
};

export type LetterAsked = {
  readonly studies: readonly string[];
  readonly verification: 'otp-sms' | 'otp-email' | 'date-of-birth';
  /** where the code goes to */
  readonly destination?: string;
  readonly access: 'images' | 'images-and-report';
  /** mandatory; kept, and never printed */
  readonly reason?: string;
  readonly language: string;
  /** the last day */
  readonly validUntil: string;
  /** mandatory */
  readonly patientAgreed?: boolean;
  /** a mark on the studies in the list of one account, or of each member of a group */
  readonly label?: {
    readonly text: string;
    readonly account?: string;
    readonly group?: string;
  };
  readonly anonymize?: boolean;
  /** stands in the letter alone */
  readonly message?: string;
};

export type Exam = {
  readonly id: string;
  readonly date: string | null;
  readonly description: string;
};

export type Letter = {
  readonly id: string;
  readonly bucket: string;
  /** in groups of four */
  readonly reference: string;
  readonly department: string;
  readonly validUntil: string;
  readonly pdf: string;
  readonly patient: string;
  readonly studies: readonly Exam[];
  readonly verification: 'otp-sms' | 'otp-email' | 'date-of-birth';
  /** masked */
  readonly sentTo: string | null;
  readonly language: string;
  readonly access: 'images' | 'images-and-report';
  readonly anonymized: boolean;
  /** at the desk, where the number of an order opens it */
  readonly order?: string | null;
  /** the code of a receipt, where the number that came is of no use and none of ours is made yet: `weak-number`, `number-taken` */
  readonly refused?: string | null;
  readonly message: string | null;
  readonly state: 'ready' | 'making' | 'waiting' | 'failed';
  /** how far the copies of an anonymized number are; `looking` while somebody must look at pictures, `failed` for good */
  readonly copies?: {
    readonly state: 'waiting' | 'looking' | 'ready' | 'failed';
    readonly done: number;
    readonly of: number;
    readonly left: LeftOut;
  } | null;
};

export type ShareAsked = {
  readonly studies: readonly string[];
  readonly recipients: readonly {
    readonly account?: string;
    readonly group?: string;
    readonly department?: string;
    /** of somebody without an account */
    readonly email?: string;
    /** likewise */
    readonly mobile?: string;
    readonly twoFactor?: boolean;
    readonly sendMail?: boolean;
    /** kept as one once it is shared */
    readonly favourite?: boolean;
  }[];
  readonly access: 'report-read' | 'report-write';
  /** kept and never told to the recipients */
  readonly reason: string;
  readonly language: string;
  /** the last day; this or `unlimited` */
  readonly validUntil?: string;
  readonly unlimited?: boolean;
  readonly patientAgreed: boolean;
  readonly urgent?: boolean;
  readonly anonymize?: boolean;
  readonly furtherSharing?: boolean;
  /** a mail comes when a recipient opens it first */
  readonly tellOpened?: boolean;
  readonly message?: string;
};

export type ShareRecipient = {
  readonly kind: 'user' | 'group' | 'department' | 'email' | 'mobile';
  /** none of what was typed */
  readonly id: string | null;
  readonly name: string;
};

export type ShareExam = {
  readonly id: string;
  readonly date: string | null;
  readonly description: string;
  readonly patient: string;
};

export type Share = {
  readonly id: string;
  readonly department: string;
  readonly shares: readonly {
    readonly bucket: string;
    readonly recipient: ShareRecipient;
    readonly studies: readonly string[];
    readonly twoFactor: boolean;
    readonly sendMail: boolean;
  }[];
  /** where all are of one */
  readonly patient: string | null;
  readonly exams: readonly ShareExam[];
  readonly access: 'report-read' | 'report-write';
  readonly language: string;
  readonly validUntil: string | null;
  readonly urgent: boolean;
  readonly anonymize: boolean;
  readonly furtherSharing: boolean;
  readonly tellOpened: boolean;
  readonly message: string | null;
};

export type ShareDefaults = {
  readonly department: {
    readonly id: string;
    readonly name: string;
  };
  /** where all are of one */
  readonly patient: string | null;
  readonly exams: readonly ShareExam[];
  readonly validUntil: string;
  /** the last day that may be chosen */
  readonly validityMaximum: string;
  readonly unlimited: boolean;
  readonly languages: readonly string[];
  readonly language: string;
  readonly access: readonly ('report-read' | 'report-write')[];
  readonly remembered: {
    readonly twoFactor: boolean;
    readonly sendMail: boolean;
    readonly tellOpened: boolean;
  };
  /** the version of the sentence */
  readonly agreement: string;
  readonly anonymize: boolean;
  /** every recipient must be asked for a code */
  readonly codes: boolean;
  /** somebody without an account may get it */
  readonly numbers: boolean;
  /** what one gave of these before, and stands */
  readonly shared: readonly ({
    readonly recipient: ShareRecipient;
    readonly access: 'report-read' | 'report-write';
    readonly until: string | null;
    readonly studies: readonly string[];
  })[];
};

export type ShareList = {
  readonly shares: readonly ShareLine[];
  readonly next: string | null;
};

export type SharedStudy = {
  readonly id: StudyId;
  readonly date: string | null;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly patient: string;
};

export type ShareLine = {
  readonly bucket: string;
  readonly recipient: ShareRecipient;
  readonly by: {
    readonly id: string;
    readonly name: string;
  };
  /** none where it is over for who asks, or a code has still to be given, or copies are still made; of what was anonymized the studies for who shared it, the copies for who got it */
  readonly studies: readonly SharedStudy[];
  readonly access: 'report-read' | 'report-write';
  readonly from: string;
  readonly until: string | null;
  readonly state: 'active' | 'blocked' | 'expired' | 'withdrawn' | 'waiting';
  readonly openedAt: string | null;
  readonly twoFactor: boolean;
  /** one has still to be given */
  readonly code: boolean;
  readonly anonymised: boolean;
  readonly urgent: boolean;
  readonly furtherSharing: boolean;
  /** whether one came with it */
  readonly message: boolean;
  /** how often it was given on */
  readonly children: number;
  readonly left: LeftOut;
  /** the recipient could not be told of it: neither mail nor SMS arrives there */
  readonly mail?: 'refused' | null;
};

export type LetterDefaults = {
  /** the one of last time */
  readonly verification: string | null;
  /** of the last mobile */
  readonly prefix: string | null;
  readonly language: string;
  readonly validUntil: string;
  /** the last day that may be chosen */
  readonly maximum: string;
  readonly verifications: readonly ('otp-sms' | 'otp-email' | 'date-of-birth')[];
  readonly prefixes: readonly string[];
  /** as the order says */
  readonly destination: {
    readonly mobile: string | null;
    readonly email: string | null;
  };
  readonly reportAllowed: boolean;
  readonly patient: string;
  readonly department: {
    readonly id: string;
    readonly name: string;
  };
  readonly studies: readonly Exam[];
  readonly agreement: {
    readonly version: string;
  };
  /** for whom a label may be set */
  readonly labels: {
    readonly accounts: readonly LabelTarget[];
    readonly groups: readonly LabelTarget[];
  };
};

export type LabelTarget = {
  readonly id: string;
  readonly name: string;
};

/** who helps with the pages themselves, an environment's own */
export type ServiceDesk = {
  readonly phone: string | null;
  readonly email: string | null;
};

export type Patient = {
  readonly name: string;
  /** a date, or only its year and month, or its year, where no more is known */
  readonly birthDate: string | null;
  /** told with `sex` to whoever has an account */
  readonly id: string | null;
  readonly sex: string | null;
  /** of a copy without the person: the name is a number and Anonymous, and the rest is null */
  readonly anonymized: boolean;
};

export type StudyList = {
  /** the first of them, where that was asked for */
  readonly opened: Manifest | null;
  readonly next: string | null;
  readonly studies: readonly StudyLine[];
};

export type StudyLine = {
  readonly id: StudyId;
  readonly date: string | null;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly patient: Patient;
  readonly department: {
    readonly id: string;
    readonly name: string;
  };
  readonly hasImages: boolean;
  /** false without the right to read it */
  readonly hasReport: boolean;
  readonly reportFrom: ReportFrom;
  readonly labels: readonly string[];
};

export type Work = {
  /** the newest first, 100 at most */
  readonly studies: readonly WorkLine[];
  /** asks for the next page, or to look further */
  readonly next: string | null;
  /** until this day a filter has looked, where it stopped before it had a page full */
  readonly looked: string | null;
  /** there are more of this name or number than could be looked at */
  readonly more: boolean;
};

export type WorkLine = {
  readonly id: StudyId;
  readonly date: string | null;
  /** of the exam, by the hospital's clock, HH:MM */
  readonly time: string | null;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly patient: Person;
  /** as the hospital writes it */
  readonly accession: string | null;
  readonly department: {
    readonly id: string;
    readonly name: string;
  };
  readonly hasImages: boolean;
  /** false without the right to read it */
  readonly hasReport: boolean;
  readonly reportState: ReportState | null;
  /** why it shows */
  readonly reasons: readonly Reason[];
  /** it came in the last 30 days and this one has not opened it */
  readonly new: boolean;
  /** this one has not read the report in its present version */
  readonly unreadReport: boolean;
  /** `Message` is red until this one has opened the study after it came, then green */
  readonly labels: readonly Label[];
  /** the bucket whose code has still to be given; the patient is initials until then */
  readonly code: string | null;
};

export type Person = {
  readonly name: string;
  /** as far as it is known: YYYY-MM-DD, YYYY-MM or YYYY */
  readonly birthDate: string | null;
  readonly id: string | null;
  readonly sex: string | null;
  /** as of `Patient` */
  readonly anonymized: boolean;
};

export type Reason = {
  readonly kind: 'requested' | 'copied' | 'group' | 'staff' | 'reference' | 'shared' | 'glass';
  /** the colleague through whom it came */
  readonly by: string | null;
  /** when it ends by itself */
  readonly until: string | null;
};

export type Label = {
  readonly text: string;
  readonly colour: string;
};

/** from when a report that is there may be read; told only to who may read it then, and only where the department's rule is a number of days */
export type ReportFrom = string | null;

export type Manifest = {
  /** this and the two that follow are told to whoever has an account */
  readonly accession: string | null;
  /** other studies of the same patient in the same department that this one may see, the newest first, 50 at most */
  readonly prior: readonly Prior[] | null;
  readonly reasons: readonly Reason[] | null;
  /** of those who shared it, the newest first */
  readonly messages: readonly {
    readonly by: string;
    readonly at: Instant;
    readonly text: string;
  }[] | null;
  readonly id: StudyId;
  readonly date: string | null;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly patient: Patient;
  readonly department: Department | null;
  readonly state: 'receiving' | 'complete';
  readonly series: readonly SeriesLine[];
  /** what has no picture: 50 of a series at most */
  readonly documents: readonly DocumentLine[];
  readonly report: {
    readonly state: ReportState;
    /** the object that it came in */
    readonly document: string | null;
  } | null;
  readonly reportFrom: ReportFrom;
  readonly message: string | null;
  /** its first series, where that was asked for */
  readonly opened: OpenedSeries | null;
  readonly expiresAt: Instant;
};

export type Prior = {
  readonly id: StudyId;
  readonly date: string | null;
  readonly description: string;
  readonly modalities: readonly string[];
};

export type OpenedSeries = {
  readonly uid: Uid;
  /** which one is shown first, counted from 0: a clip begins, a stack has a middle */
  readonly picture: number;
  readonly pictures: Series;
};

export type DocumentKind = 'report' | 'key-objects' | 'presentation' | 'ecg' | 'waveform' | 'audio' | 'plan' | 'structures' | 'dose' | 'treatment' | 'segmentation' | 'registration' | 'raw' | 'model' | 'measurements' | 'other';

export type DocumentLine = {
  readonly uid: Uid;
  readonly kind: DocumentKind;
  /** as the file says; may be empty */
  readonly title: string;
  /** of a report */
  readonly state: ReportState | null;
};

export type Document = {
  readonly uid: Uid;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly state: ReportState | null;
  /** of what it says (DocumentContents); null where only software for doctors can show it */
  readonly contentsUrl: Address | null;
  readonly pdfUrl: Address | null;
  readonly url: Address;
  readonly expiresAt: Instant;
};

/** what lies at contentsUrl: what a document says, as text and never as markup */
export type DocumentContents = {
  readonly title: string;
  /** BCP 47; empty where it does not say */
  readonly language: string;
  /** ISO 8601 where it can be read */
  readonly date: string;
  readonly time: string;
  readonly completion: 'complete' | 'partial' | '';
  readonly verification: 'verified' | 'unverified' | '';
  readonly preliminary: boolean;
  readonly authors: readonly string[];
  readonly verifiers: readonly {
    readonly name: string;
    readonly organisation: string;
    readonly at: string;
  }[];
  readonly lines: readonly DocumentLineOfText[];
  /** it had more than is kept */
  readonly cut: boolean;
};

export type DocumentLineOfText = {
  readonly level: number;
  readonly kind: 'heading' | 'text' | 'code' | 'number' | 'date' | 'time' | 'moment' | 'person' | 'uid' | 'image' | 'object' | 'shape' | 'see' | 'row';
  readonly name: string;
  /** of a row the cells divided by tabs */
  readonly value: string;
  readonly unit: string;
  readonly references: readonly DocumentReference[];
};

export type DocumentReference = {
  readonly uid: string;
  /** empty where it is not of this study */
  readonly series: string;
  readonly frames: readonly string[];
  readonly presentation: string;
};

export type SeriesLine = {
  readonly uid: Uid;
  readonly number: number | null;
  readonly description: string;
  readonly modality: string;
  readonly instances: number;
  /** pictures of all instances together: a clip is one instance of many */
  readonly frames: number;
  readonly preview: Address | null;
};

export type Series = {
  readonly film: Film | null;
  /** null unless they are asked for */
  readonly planes: Planes | null;
  /** of the DICOM JSON of its instances, without pixels, as gzip; null unless exact pixels are asked for */
  readonly metadata: Address | null;
  /** asks for the rest of a long series */
  readonly next: string | null;
  readonly expiresAt: Instant;
  readonly instances: readonly Instance[];
};

/** all pictures of the series as one object, to be read by Range (docs/film.md); null until it is made, and while instances are there that it does not have */
export type Film = {
  readonly url: Address;
  /** of one generation always the same bytes */
  readonly generation: number;
  /** one a frame, in the order of the instances and their frames */
  readonly pictures: number;
  /** so many bytes are asked for first: the middle picture and all small ones */
  readonly sheetsEnd: number;
};

/** the exact pixels of the series as one object, to be read by Range (docs/planes.md) */
export type Planes = {
  /** while they are made, ask again after 1, 2, 4 and then every 8 seconds */
  readonly state: 'ready' | 'making' | 'none';
  /** null unless ready */
  readonly url: Address | null;
  /** null unless ready; of one generation always the same bytes */
  readonly generation: number | null;
  /** null unless ready: so many bytes are asked for first */
  readonly headEnd: number | null;
};

export type Instance = {
  readonly uid: Uid;
  readonly number: number | null;
  /** how many pictures it has; a video counts as one */
  readonly frames: number;
  readonly transferSyntax: Uid;
  readonly rows: number;
  readonly columns: number;
  readonly url: Address | null;
  readonly preview: Address | null;
  readonly previews: readonly Preview[];
  readonly window: {
    readonly center: number;
    readonly width: number;
  } | null;
  readonly pixels: Pixels | null;
  readonly frameMillis: number;
  /** a video that the browser's own player shows; without an address where the answer has none of this instance */
  readonly video: {
    readonly url: Address | null;
  } | null;
};

export type Preview = {
  readonly frame: number;
  readonly small: string | null;
  readonly medium: string | null;
  readonly large: string | null;
};

/** where exact pixels lie in the object, to be fetched by Range; null where a viewer would have to read DICOM */
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
  readonly planar: number;
};

export type ReportState = 'preliminary' | 'final' | 'corrected';

export type Report = {
  readonly state: ReportState;
  readonly text: string | null;
  /** of what it says (DocumentContents) if it came as a structured report */
  readonly contentsUrl: Address | null;
  readonly pdfUrl: Address | null;
  readonly signedBy: string | null;
  readonly at: Instant;
  readonly language: string;
  readonly versions: readonly {
    readonly state: ReportState;
    readonly at: Instant;
  }[];
  readonly expiresAt: Instant;
};

export type Accesses = {
  readonly next: string | null;
  readonly accesses: readonly Access[];
};

export type Access = {
  readonly at: Instant;
  readonly who: 'patient' | 'professional' | 'department';
  readonly what: 'study-viewed' | 'images-viewed' | 'file-downloaded' | 'report-read' | 'glass-broken' | 'study-shared' | 'number-printed';
  /** of what was shared: with what kind of recipient; `other` has no account */
  readonly with: 'user' | 'group' | 'department' | 'other' | 'several' | null;
  /** copies without the person were shared */
  readonly anonymized: boolean;
};
