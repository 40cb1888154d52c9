/**
 * The words of the bench: a contender (a program on a storage) opens a site (the program running, seeded and ready for one
 * kind of work); a load drives it.
 *
 * @typedef {'client-credentials-opaque' | 'client-credentials-jwt' | 'introspection' | 'refresh' | 'form' | 'code-flow' | 'user-info'
 *   | 'introspection-during-sign-ins'
 *   | 'ticket-to-rpt' | 'ticket-to-rpt-10000' | 'ticket-to-rpt-100000' | 'ticket-to-rpt-1000000'} Work
 *
 * @typedef {object} Workspace
 * @property {string} folder an empty folder for whatever the site keeps; gone with the site
 * @property {string} shared a folder that stays to the end of the run
 * @property {import('../machine/postgres-cluster.mjs').PostgresCluster} cluster
 *
 * @typedef {object} Site
 * @property {number} pid of the program
 * @property {number} startMs from its start to its first good answer
 * @property {() => number} cpu CPU time so far in milliseconds, the database server's included
 * @property {(part: 0 | 1) => import('../load/wrk.mjs').Load} load part 0 warms up, part 1 is measured; neither uses up what the other needs
 * @property {() => Promise<void>} check throws when a sample of answers is not right
 * @property {(index: number) => Promise<string>} mint a new opaque access token
 * @property {() => Promise<void>} [end] what goes on beside the load is over; throws when it did not go as it should
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {(work: Work, workspace: Workspace) => Promise<Site>} open
 */
export {};
