import type { Coded, Grant, Name } from '@/api/types';

export interface User {
  id: string;
  username: string;
  name: string;
  language: 'hi' | 'en';
  locked: boolean;
  must_change_password: boolean;
  has_second_factor: boolean;
  jurisdiction: { path: string; level: string; name: Name };
  agency: Coded | null;
  last_login_ms: number | null;
  created_ms: number;
  grants: (Grant & { id: string; valid_to_ms: number | null })[];
}
