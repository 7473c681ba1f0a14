/**
 * Numbers that the server decides and sentences tell: they fill the holes of the catalogue. RulesTest
 * of the shared module holds them to the code that decides.
 */
export const RULES = {
  codeDigits: 6,
  codeMinutes: 10,
  codeSpacingSeconds: 60,
  pincodeDigits: 8,
  wrongDates: 5,
  wrongCodes: 5,
  wrongPincodes: 5,
  idleMinutes: 15,
  wholeMinutes: 60,
} as const;
