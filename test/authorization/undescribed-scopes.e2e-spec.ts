import { signedIn } from '../account/people.js';
import { plannerOf, planners } from '../owner-api/planner.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';

/** What a person sees at once, without the technical details, as text. */
const seen = (page: string) => page.replace(/<details[\s\S]*?<\/details>/g, '').replace(/<[^>]*>/g, ' ');

describeServer(
  'scopes without words at the consent page',
  { engines: ONE_ENGINE, ...planners('planner') },
  (server) => {
    it('G16 are said not to be described; their names stand in the technical details alone', async () => {
      const { browser } = await signedIn(server(), 'alice');
      const page = await plannerOf(server(), 'planner').asks(browser);
      expect(seen(page.text)).toContain('something that is not described yet');
      expect(seen(page.text)).not.toContain('photos.read');
      expect(page.text).toContain('photos.read');
    });
  },
);
