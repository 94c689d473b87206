import { annexAControls } from './framework.ts';

const byId = new Map(annexAControls.map((control) => [control.id.toLowerCase(), control]));

/** The control of that id, however it is written: `a.8.13` is `A.8.13`. */
export function annexAControl(id: string): (typeof annexAControls)[number] | undefined {
  return byId.get(id.toLowerCase());
}
