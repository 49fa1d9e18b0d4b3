import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Center, Loader } from '@mantine/core';
import { useEffect } from 'react';
import { ApiError, whenSignedOut } from '@/api/client';
import { dutyOf, meQuery } from '@/api/queries';
import { ForcedPassword, ForcedSecondFactor, SignInAgain, SignInPage } from '@/desks/accounts/gate';
import { hasChosenLanguage, setLanguage } from '@/i18n';
import { ErrorState } from '@/kit';
import { useSession } from './session';
import { Shell } from './Shell';

/** Who is here decides what is shown: sign-in, a duty that comes first, or the desks. */
export function App() {
  const client = useQueryClient();
  const me = useQuery(meQuery);
  const expired = useSession((state) => state.expired);

  useEffect(() => {
    whenSignedOut(() => {
      if (client.getQueryData(meQuery.queryKey)) useSession.setState({ expired: true });
    });
  }, [client]);

  const language = me.data?.language;
  useEffect(() => {
    if (language && !hasChosenLanguage()) setLanguage(language);
  }, [language]);

  if (me.data) {
    const duty = dutyOf(me.data);
    if (duty === 'password') return <ForcedPassword />;
    if (duty === 'second_factor') return <ForcedSecondFactor />;
    return (
      <>
        <Shell />
        {expired && <SignInAgain username={me.data.username} />}
      </>
    );
  }
  if (me.isPending)
    return (
      <Center h="100%">
        <Loader size="sm" type="dots" />
      </Center>
    );
  if (me.error instanceof ApiError && me.error.status === 401) return <SignInPage />;
  return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
}
