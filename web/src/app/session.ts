import { create } from 'zustand';

/** `expired`: the session ended while somebody was at work; they sign in over the page they were on. */
export const useSession = create<{ expired: boolean }>(() => ({ expired: false }));
