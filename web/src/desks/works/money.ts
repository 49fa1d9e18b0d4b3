/** Sums as they are spoken of: crore and lakh rupees. */
import type { Format } from '@/kit';

const CRORE = 1_000_000_000;
const LAKH = 10_000_000;

/** Paise as number and unit: 17800000000000 -> {value: 178, unit: "crore"}; words are in works' i18n `money.*`. */
export function moneyOf(paise: number): { value: number; unit: 'crore' | 'lakh' | 'rupees' } {
  const size = Math.abs(paise);
  if (size >= CRORE) return { value: paise / CRORE, unit: 'crore' };
  if (size >= LAKH) return { value: paise / LAKH, unit: 'lakh' };
  return { value: paise / 100, unit: 'rupees' };
}

type Translate = (key: string, values: { number: string }) => string;

/** "₹ 178 crore", "₹ 4.5 lakh", "₹ 12,000". */
export function formatMoney(paise: number, format: Pick<Format, 'number'>, t: Translate): string {
  const { value, unit } = moneyOf(paise);
  return t(`works:money.${unit}`, { number: format.number(value, unit === 'rupees' ? 0 : 2) });
}

/** What somebody typed as crore rupees, in paise; null when it is no sum. */
export function paiseOfCrore(typed: string): number | null {
  const value = Number(typed.trim().replaceAll(',', ''));
  if (!typed.trim() || !Number.isFinite(value) || value < 0) return null;
  return Math.round(value * CRORE);
}

export const croreOf = (paise: number): string => (paise === 0 ? '' : String(paise / CRORE));
