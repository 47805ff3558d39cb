/** Whether what is remembered is what the topic holds. */
import type { Outlet, Published } from './ports.ts';

export interface Agreeing {
  readonly topic: string;
  readonly published: Published;
  readonly outlet: Pick<Outlet, 'extent'>;
}

const remembersAnything = async ({ allPublications }: Published): Promise<boolean> => {
  for await (const page of allPublications()) if (page.length > 0) return true;
  return false;
};

/**
 * Forgets what went elsewhere: to a topic of another name, or to one that has been made anew or emptied. Answers whether
 * that was so. Throws where a topic holds what nobody remembers, and so could never take back.
 */
export const agree = async ({ topic, published, outlet }: Agreeing): Promise<boolean> => {
  const reached = await published.reached();
  const { end, isEmpty } = await outlet.extent();
  const remembers = await remembersAnything(published);
  const isOther = reached !== undefined && (reached.topic !== topic || end < reached.end);
  const forgets = isOther || (isEmpty && remembers);
  if (forgets) await published.clear();
  if (!isEmpty && (forgets || !remembers))
    throw new Error(
      `the topic ${topic} holds messages of which nothing is remembered, and which nobody could take back: delete it and make it anew, then everything is published`,
    );
  return forgets;
};
