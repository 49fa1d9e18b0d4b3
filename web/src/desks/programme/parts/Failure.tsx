import { Alert } from '@mantine/core';

/** Why a form was refused. */
export function Failure({ children }: { children: string }) {
  if (!children) return null;
  return (
    <Alert color="red" variant="light" p="xs" role="alert">
      {children}
    </Alert>
  );
}
