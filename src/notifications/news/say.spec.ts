import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '@portico/domain/directory';
import { type Happening, NOTIFICATION_KINDS } from '@portico/domain/notifications';
import { say, textsOf } from './say.js';

const TYPES = Object.keys(NOTIFICATION_KINDS);
const happening = (type: string, changes: Partial<Happening> = {}): Happening => ({
  ...{ type, names: { title: 'Relaunch', status: 'In progress', text: 'We are back.' } },
  ...{ clientName: 'Smith Holdings', actorName: 'Ann Miller' },
  ...changes,
});

describe('what is said of what happened', () => {
  it.each(LANGUAGES.flatMap((language) => TYPES.map((type) => [language, type] as const)))(
    'in %s of %s names it and leaves nothing to be filled in',
    (language, type) => {
      const { title, body } = say(language, happening(type));
      expect(title).toContain('Relaunch');
      for (const text of [title, body, say(language, happening(type, { names: {} })).title])
        expect(text).toMatch(/^[^{}]+$/);
      const texts = textsOf(language, type);
      expect(texts?.label).toMatch(/\S/);
      expect(texts?.description).toMatch(/\S/);
    },
  );

  it('says who did it: to clients a name, to staff with the client', () => {
    expect(say('en', happening('note_added')).body).toBe('Ann Miller wrote a note on “Relaunch”.');
    expect(say('en', happening('note_added', { actorName: null })).body).toBe('Your team wrote a note on “Relaunch”.');
    const bodyOf = (changes: Partial<Happening>) => say('en', happening('note_received', changes)).body;
    expect(bodyOf({})).toBe('Ann Miller (Smith Holdings) wrote a note on “Relaunch”.');
    expect(bodyOf({ actorName: null })).toBe('Smith Holdings wrote a note on “Relaunch”.');
    expect(bodyOf({ actorName: null, clientName: null })).toBe('A client wrote a note on “Relaunch”.');
  });

  it.each([
    [{ number: 'INV-1' }, 'New invoice INV-1'],
    [{ invoice: 'INV-2' }, 'New invoice INV-2'],
    [{ title: '{who}' }, 'New invoice {who}'],
    [{}, 'New invoice Smith Holdings'],
  ])('names what it is about out of %j', (names, title) => {
    expect(say('en', happening('invoice_issued', { names })).title).toBe(title);
  });

  it('names one of several files and counts the others', () => {
    const saidOf = (count: string) =>
      say('en', happening('file_published', { names: { name: 'Plan.pdf', count } })).title;
    expect([saidOf('1'), saidOf('3')]).toEqual(['New document: Plan.pdf', 'New documents: Plan.pdf and 2 more']);
  });

  it('says of an announcement what it says itself', () => {
    expect(say('de', happening('announcement'))).toEqual({ title: 'Relaunch', body: 'We are back.' });
    expect(say('de', happening('announcement', { names: { title: 'Relaunch' } })).body).toBeNull();
  });

  it('names what it does not know by its type', () => {
    expect(say('en', happening('toString'))).toEqual({ title: 'toString', body: null });
  });
});
