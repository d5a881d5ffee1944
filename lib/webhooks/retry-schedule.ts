/**
 * Seconds that the platform waits before each new attempt to deliver an event: eleven attempts after the first, in a little over 48 hours.
 * Then it deactivates the hook, and sends an e-mail to the app's address (integrations/webhooks/overview).
 */
export const RETRY_SCHEDULE_S: readonly number[] = [60, 180, 300, 600, 900, 1800, 3600, 7200, 21_600, 50_400, 86_400];
