/** The database of a page that works without a network: its own stores, and what every such page keeps. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** Whose telephone it is just now, and that person's day as the centre last told it. */
export interface Kept<Person, Day> {
  day?: { person_id: string; fetched_ms: number; day: Day };
  person?: Person;
}

const KEEP = 'keep';

/** `create` makes the page's own stores in a telephone that has never opened it. */
export function telephoneDatabase<Stores extends DBSchema, Keep extends Kept<unknown, unknown>>(
  name: string,
  create: (db: IDBPDatabase<Stores>) => void,
) {
  let opened: Promise<IDBPDatabase<Stores>> | undefined;

  function database(): Promise<IDBPDatabase<Stores>> {
    opened ??= openDB<Stores>(name, 1, {
      upgrade(db) {
        untyped(db).createObjectStore(KEEP);
        create(db);
      },
      // A newer version in another tab wants to change the form: let it, and open again when next asked.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        opened = undefined;
      },
      terminated() {
        opened = undefined;
      },
    });
    return opened;
  }

  /** What is kept is one store with a value a key, beside the page's own: idb's types know only those. */
  const untyped = (db: IDBPDatabase<Stores>) => db as unknown as IDBPDatabase;

  return {
    database,
    async kept<K extends keyof Keep & string>(key: K): Promise<Keep[K] | undefined> {
      return (await untyped(await database()).get(KEEP, key)) as Keep[K] | undefined;
    },
    async keep<K extends keyof Keep & string>(key: K, value: Keep[K]): Promise<void> {
      await untyped(await database()).put(KEEP, value, key);
    },
    /** Everything about people and places that the centre told leaves the telephone. */
    async forgetDay(): Promise<void> {
      const db = untyped(await database());
      await db.delete(KEEP, 'day');
      await db.delete(KEEP, 'person');
    },
  };
}
