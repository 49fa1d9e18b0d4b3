import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import type { Name, Page } from '@/api/types';
import { useFormat } from '@/kit';
import type { PickedPremises } from './PremisesSelect';
import { firstSite, MAKE, NONE, sitesOf } from './sites';

/** At which site the cameras stand: one at which the premises has cameras already, a new one, or none. */
export function SiteSelect(props: { premises: PickedPremises; value: string; onChange: (next: string) => void }) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const mayMake = useCan('registry.edit');
  const { premises, value, onChange } = props;
  const { data } = useQuery({
    queryKey: ['cameras', 'sites', premises.id],
    queryFn: ({ signal }) =>
      api.get<Page<{ site: { id: string; name: Name } | null }>>(
        '/cameras',
        { premises: premises.id, limit: 200 },
        signal,
      ),
  });
  useEffect(() => {
    // Chosen for the reader once it is known, and left alone from then on.
    if (data && value === '') onChange(firstSite(sitesOf(data.items), mayMake));
  }, [data, value, mayMake, onChange]);
  const options = sitesOf(data?.items ?? []).map((site) => ({ value: site.id, label: format.name(site.name) }));
  return (
    <Select
      label={t('wizard.site')}
      description={t('wizard.site_hint')}
      allowDeselect={false}
      data={[
        ...options,
        ...(mayMake ? [{ value: MAKE, label: t('wizard.site_new', { name: premises.label }) }] : []),
        { value: NONE, label: t('wizard.site_none') },
      ]}
      value={value || null}
      onChange={(next) => onChange(next ?? NONE)}
    />
  );
}
