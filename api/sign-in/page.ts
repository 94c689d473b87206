import { createHash } from 'node:crypto';
import type { Response } from 'express';
import type { Language } from '../../contracts/errors.ts';

/** Pages that must work before anything else does: no script, no other file, nothing to load. */
const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:10vh auto;padding:0 1rem;color:#1b1f24;background:#fff}
h1{font-size:1.4rem}label{display:block;margin:1rem 0 .25rem}input,select{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #6b7280;border-radius:.3rem}
button{font:inherit;margin-top:1.5rem;padding:.6rem 1.4rem;border:0;border-radius:.3rem;background:#1d4ed8;color:#fff}small{color:#4b5563}
[role=alert]{border-left:.3rem solid #b91c1c;padding:.2rem 1rem;background:#fef2f2}`;

const policy = [
  ...["default-src 'none'", `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`],
  ...["form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"],
].join('; ');

/** Text that is safe between tags and in quoted attributes. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export interface Page {
  status: number;
  language: Language;
  title: string;
  /** HTML; whatever comes from people is escaped already. */
  body: string;
}

export function sendPage(response: Response, { status, language, title, body }: Page): void {
  response
    .status(status)
    .set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store', 'Content-Language': language });
  response.type('html').end(`<!doctype html>
<html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style>
<main><h1>${escaped(title)}</h1>
${body}
</main></html>
`);
}

export interface Field {
  name: string;
  label: string;
  type: 'text' | 'email' | 'password';
  value?: string;
  hint?: string;
  required?: boolean;
  minlength?: number;
  autocomplete: string;
}

export function fieldHtml({
  name,
  label,
  type,
  value = '',
  hint,
  required = true,
  minlength,
  autocomplete,
}: Field): string {
  const more = `${required ? ' required' : ''}${minlength === undefined ? '' : ` minlength="${minlength}"`}`;
  return `<label for="${name}">${escaped(label)}</label>
<input id="${name}" name="${name}" type="${type}" value="${escaped(value)}" maxlength="254" autocomplete="${autocomplete}"${more}>${hint ? `<small>${escaped(hint)}</small>` : ''}`;
}

export function alertHtml(messages: readonly string[]): string {
  return messages.length === 0
    ? ''
    : `<div role="alert">${messages.map((message) => `<p>${escaped(message)}</p>`).join('')}</div>`;
}
