/** What a reader chose on this machine; kept in localStorage, never on the server. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Numerals } from './format';

interface Preferences {
  numerals: Numerals;
  /** Camera ids whose live tiles stand under the map. */
  favourites: string[];
  setNumerals: (numerals: Numerals) => void;
  toggleFavourite: (cameraId: string) => void;
}

export const MOST_FAVOURITES = 6;

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      numerals: 'latn',
      favourites: [],
      setNumerals: (numerals) => set({ numerals }),
      toggleFavourite: (cameraId) =>
        set(({ favourites }) => ({
          favourites: favourites.includes(cameraId)
            ? favourites.filter((id) => id !== cameraId)
            : [...favourites, cameraId].slice(-MOST_FAVOURITES),
        })),
    }),
    { name: 'prahari.preferences' },
  ),
);
