import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** "camera.edit" -> "camera." */
export const groupOf = (code: string) => code.slice(0, code.indexOf('.') + 1);

export interface ActGroup {
  group: string;
  items: { value: string; label: string }[];
}

/** What acts, their objects and the fields of their details are called. Nobody's words yet (an older version's code, say):
 *  the code itself. */
export function useActs() {
  const { t, i18n } = useTranslation('acts');
  const language = i18n.language;
  return useMemo(() => {
    const group = (code: string) => t(`group.${code.split('.')[0] ?? ''}`, { defaultValue: code });
    return {
      act: (code: string) =>
        code.endsWith('.') ? t('whole_group', { group: group(code) }) : t(`act.${code}`, { defaultValue: code }),
      type: (type: string) => t(`type.${type}`, { defaultValue: type }),
      field: (name: string) => t(`field.${name}`, { defaultValue: name.replaceAll('_', ' ') }),
      /** Every act by its group, each headed by the group as a whole ("camera."); by name in the reader's language. */
      groups: (): ActGroup[] => {
        const all = i18n.getResource(language, 'acts', 'act') as Record<string, Record<string, string>>;
        const byName = (one: { label: string }, other: { label: string }) =>
          one.label.localeCompare(other.label, language);
        return Object.entries(all)
          .map(([code, acts]) => ({
            group: group(code),
            items: [
              { value: `${code}.`, label: t('whole_group', { group: group(code) }) },
              ...Object.entries(acts)
                .map(([act, label]) => ({ value: `${code}.${act}`, label }))
                .sort(byName),
            ],
          }))
          .sort((one, other) => one.group.localeCompare(other.group, language));
      },
    };
  }, [i18n, language, t]);
}
export type Acts = ReturnType<typeof useActs>;

/** Groups narrowed to what was typed: in the words, in the group's words or in the code. */
export function narrowed(groups: ActGroup[], typed: string): ActGroup[] {
  const wanted = typed.trim().toLocaleLowerCase();
  if (!wanted) return groups;
  const has = (text: string) => text.toLocaleLowerCase().includes(wanted);
  return groups
    .map((one) => (has(one.group) ? one : { ...one, items: one.items.filter((it) => has(it.label) || has(it.value)) }))
    .filter((one) => one.items.length > 0);
}
