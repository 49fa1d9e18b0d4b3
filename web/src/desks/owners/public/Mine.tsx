import { IconBuildingStore, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { Button, Failure, Screen, Waiting } from './parts';
import { useAsked } from './useAsked';
import { go } from './way';
import { useSpeech } from './words';
import type { Card, Cards, Me } from '../types';

/** What stands at premises, in a sentence. */
export function cardState(card: Card): string {
  if (card.to_confirm > 0) return 'to_confirm';
  if (card.consent === 'given') return card.live > 0 ? 'live' : 'consented';
  if (card.consent === 'ended') return 'ended';
  return card.review === 'waiting' ? 'review' : 'asked';
}

/** The owner's premises. */
export function Mine({ me }: { me: Me }) {
  const { t, name, number } = useSpeech();
  const { data, error, again } = useAsked<Cards>('/premises');
  return (
    <Screen title={t('mine.title')}>
      <p className="dim">{t('mine.number', { number: me.mobile_hint })}</p>
      {error !== null && <Failure error={error} onRetry={again} />}
      {!data && error === null && <Waiting />}
      {data?.items.length === 0 && <p>{t('mine.none')}</p>}
      {data?.items.map((card) => (
        <button type="button" key={card.id} className="card" onClick={() => go(`place/${card.id}`)}>
          <IconBuildingStore size={26} stroke={1.5} aria-hidden />
          <span>
            <b>{name(card.name)}</b>
            <span className="dim">{name(card.address) || name(card.owner_class.name)}</span>
            <span className="state" data-state={cardState(card)}>
              {t(`mine.state.${cardState(card)}`, { live: number(card.live), cameras: number(card.cameras) })}
            </span>
          </span>
          <IconChevronRight size={20} aria-hidden />
        </button>
      ))}
      {data?.may_register && (
        <Button kind={data.items.length === 0 ? 'main' : 'plain'} onClick={() => go('register')}>
          <IconPlus size={18} aria-hidden /> {t('mine.register')}
        </Button>
      )}
    </Screen>
  );
}
