/** What the sentences of signing in tell beside `lib/rules.ts`; RulesTest of the shared module holds both to the code that decides. */
export const ACCOUNT_RULES = {
  longPassword: 15,
  shortPassword: 8,
  longestPassword: 256,
  rememberedDays: 30,
} as const;
