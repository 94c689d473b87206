import type { MailSettings } from '../../activities/mail-content.ts';

export const settings: MailSettings = {
  from: { name: 'ISMS', address: 'isms@isms.example' },
  ...{ replyTo: 'noreply@isms.example', publicUrl: 'https://isms.example', secret: 'a secret' },
};
