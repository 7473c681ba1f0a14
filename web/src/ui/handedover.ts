/** Phones that can hand the code over from the SMS fill it in; the person still presses the button. */
export function handedOver(id: string): void {
  const { credentials } = navigator as Navigator & { credentials?: { get?: (options: object) => Promise<{ code?: string } | null> } };
  if (!('OTPCredential' in window) || !credentials?.get) return;
  credentials.get({ otp: { transport: ['sms'] } }).then((otp) => {
    const input = document.getElementById(id);
    if (otp?.code && input instanceof HTMLInputElement && input.value === '') input.value = otp.code;
  }).catch(() => undefined);
}
