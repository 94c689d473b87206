/** Errors of the HTTP API: a closed list. Refusals of the rules carry reasons besides (`contracts/reasons.ts`). */

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The same text in every language people may ask for. */
export type Text = Record<Language, string>;

interface ErrorRow {
  /** HTTP status. */
  status: number;
  title: Text;
  /** What to do about it. */
  text: Text;
}

/** Code → status and the words for people. `reasons` name the details where there are any. */
export const errorTable = {
  MALFORMED_REQUEST: {
    status: 400,
    title: { en: 'The request cannot be read', de: 'Die Anfrage ist nicht lesbar' },
    text: {
      en: 'Check the address and the headers of the request and send it again.',
      de: 'Prüfen Sie Adresse und Kopfzeilen der Anfrage und senden Sie sie erneut.',
    },
  },
  MALFORMED_JSON: {
    status: 400,
    title: { en: 'The body is not JSON', de: 'Der Inhalt ist kein JSON' },
    text: {
      en: 'Send one valid JSON value in UTF-8.',
      de: 'Senden Sie genau einen gültigen JSON-Wert in UTF-8.',
    },
  },
  UNAUTHENTICATED: {
    status: 401,
    title: { en: 'Not signed in', de: 'Nicht angemeldet' },
    text: {
      en: 'Sign in, or send a valid API key in the header x-api-key.',
      de: 'Melden Sie sich an oder senden Sie einen gültigen API-Schlüssel in der Kopfzeile x-api-key.',
    },
  },
  SIGN_IN_FAILED: {
    status: 401,
    title: { en: 'Sign-in failed', de: 'Anmeldung fehlgeschlagen' },
    text: {
      en: 'Address and password do not fit together. Try again, or ask for a sign-in link.',
      de: 'Adresse und Passwort passen nicht zusammen. Versuchen Sie es erneut oder bitten Sie um einen Anmelde-Link.',
    },
  },
  ORIGIN_REFUSED: {
    status: 403,
    title: { en: 'The request comes from another site', de: 'Die Anfrage kommt von einer anderen Seite' },
    text: {
      en: 'Changes with a session cookie are taken only from the pages of this installation. Programs use an API key.',
      de: 'Änderungen mit Sitzungs-Cookie werden nur von den Seiten dieser Installation angenommen. Programme nutzen einen API-Schlüssel.',
    },
  },
  NOT_ENTITLED: {
    status: 403,
    title: { en: 'Not for you to decide', de: 'Das steht Ihnen nicht zu' },
    text: {
      en: 'Ask one of the people named in the reasons to do it.',
      de: 'Bitten Sie eine der in den Gründen genannten Personen darum.',
    },
  },
  SEGREGATION_OF_DUTIES: {
    status: 403,
    title: { en: 'Segregation of duties', de: 'Funktionstrennung' },
    text: {
      en: 'Somebody else has to do this because of what you did before. The attempt was recorded.',
      de: 'Wegen Ihrer früheren Handlungen muss das jemand anderes tun. Der Versuch wurde festgehalten.',
    },
  },
  NOT_FOUND: {
    status: 404,
    title: { en: 'Not found', de: 'Nicht gefunden' },
    text: {
      en: 'There is nothing here that you may see. Check the address, or look into the list.',
      de: 'Hier gibt es nichts, was Sie sehen dürfen. Prüfen Sie die Adresse oder sehen Sie in der Liste nach.',
    },
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: { en: 'Method not possible here', de: 'Methode hier nicht möglich' },
    text: {
      en: 'Use one of the methods in the header Allow.',
      de: 'Nutzen Sie eine der Methoden in der Kopfzeile Allow.',
    },
  },
  WRONG_MOMENT: {
    status: 409,
    title: { en: 'Not possible in this state', de: 'In diesem Zustand nicht möglich' },
    text: {
      en: 'The case has moved on. Load it again and decide on what it says now.',
      de: 'Der Fall ist weitergegangen. Laden Sie ihn neu und entscheiden Sie nach seinem jetzigen Stand.',
    },
  },
  NOT_READY: {
    status: 409,
    title: { en: 'Something is still missing', de: 'Es fehlt noch etwas' },
    text: {
      en: 'Do first what the reasons name, then send the command again.',
      de: 'Erledigen Sie zuerst, was die Gründe nennen, und senden Sie den Befehl dann erneut.',
    },
  },
  LINK_INVALID: {
    status: 410,
    title: { en: 'The link is no longer valid', de: 'Der Link gilt nicht mehr' },
    text: {
      en: 'It was used before, or is older than 24 hours. Ask for a new one.',
      de: 'Er wurde schon benutzt oder ist älter als 24 Stunden. Bitten Sie um einen neuen.',
    },
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: { en: 'Too large', de: 'Zu groß' },
    text: {
      en: 'Send less at once. Long material belongs into evidence, whose limit is higher.',
      de: 'Senden Sie weniger auf einmal. Langes Material gehört in Nachweise; deren Grenze liegt höher.',
    },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: { en: 'Kind of content not supported', de: 'Art des Inhalts nicht unterstützt' },
    text: {
      en: 'Send the body as application/json in UTF-8, without another encoding.',
      de: 'Senden Sie den Inhalt als application/json in UTF-8, ohne andere Kodierung.',
    },
  },
  INVALID_REQUEST: {
    status: 422,
    title: { en: 'The request does not fit', de: 'Die Anfrage passt nicht' },
    text: {
      en: 'Correct the fields named in the reasons and send it again. Nothing was stored.',
      de: 'Berichtigen Sie die in den Gründen genannten Felder und senden Sie sie erneut. Nichts wurde gespeichert.',
    },
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: { en: 'Idempotency key used before', de: 'Idempotenzschlüssel schon benutzt' },
    text: {
      en: 'This Idempotency-Key came with another request before. Use a new key for a new request.',
      de: 'Dieser Idempotency-Key kam schon mit einer anderen Anfrage. Nutzen Sie für eine neue Anfrage einen neuen Schlüssel.',
    },
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: { en: 'Too many requests', de: 'Zu viele Anfragen' },
    text: {
      en: 'Wait as many seconds as the header Retry-After says, then go on.',
      de: 'Warten Sie so viele Sekunden, wie die Kopfzeile Retry-After nennt, und machen Sie dann weiter.',
    },
  },
  INTERNAL: {
    status: 500,
    title: { en: 'Our mistake', de: 'Unser Fehler' },
    text: {
      en: 'Send the request again. If it fails again, report it with its request id.',
      de: 'Senden Sie die Anfrage erneut. Scheitert sie wieder, melden Sie sie mit ihrer Anfrage-Kennung.',
    },
  },
  UNAVAILABLE: {
    status: 503,
    title: { en: 'Not available at the moment', de: 'Im Moment nicht verfügbar' },
    text: {
      en: 'A part of the engine is not ready. Send the same request again in a few seconds; with the same Idempotency-Key nothing happens twice.',
      de: 'Ein Teil der Anwendung ist nicht bereit. Senden Sie dieselbe Anfrage in einigen Sekunden erneut; mit demselben Idempotency-Key geschieht nichts doppelt.',
    },
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;
