/** The city's map with a pin. The only part of the owner's pages that brings the console's map along, when opened. */
import '@mantine/core/styles.css';
import '@/kit/theme.css';
import '@/i18n';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import PointMap from '@/desks/registry/map/PointMap';
import { theme } from '@/kit/theme';

const client = new QueryClient();
const dark = matchMedia('(prefers-color-scheme: dark)').matches;

interface Props {
  value: [number, number] | null;
  onChange: (value: [number, number]) => void;
}

export default function PlaceMap(props: Props) {
  return (
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} forceColorScheme={dark ? 'dark' : 'light'} withGlobalClasses={false}>
        <div className="map">
          <PointMap {...props} height={280} />
        </div>
      </MantineProvider>
    </QueryClientProvider>
  );
}
