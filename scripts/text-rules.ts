// House rules about what stands in a file rather than what it imports, as data for check-imports.ts.

export type TextRule = {
  in: RegExp;
  except?: RegExp;
  find: RegExp;
  where: "code" | "text" | "any"; // comments are never looked at
  unless?: RegExp; // on the line as written, lets it pass
  tests?: boolean;
  why: string;
};

/** What must not stand in one file. */
export type ApartRule = { in: RegExp; except?: RegExp; one: RegExp; other: RegExp; why: string };

export const APART_RULES: ApartRule[] = [
  {
    // An instant and a number do not compile against each other; these are the only ways from one to the other.
    in: /^server\//,
    except: /^server\/(?:clock\.ts|testing\/)/,
    one: /\bperformance\s*\.\s*(?:now|timeOrigin)\b|\bhrtime\b|\buptime\s*\(/,
    other: /\bepoch(?:Milliseconds|Nanoseconds)\b|\bfromEpoch\w+\b/,
    why: "the process's clock and a time of the database do not stand in one file, so that nobody compares them: spans by performance.now(), moments by app.now() (server/clock.ts)",
  },
];

export const TEXT_RULES: TextRule[] = [
  {
    in: /./,
    find: /\.\.\.\{/,
    where: "code",
    tests: true,
    why: "an object is written out, not spread into another to keep a line short: the formatter decides lines",
  },
  {
    // Two queries of a page end in either order, so the first of two matches is one thing here and another there.
    in: /^web\/journeys\/.*\.test\.ts$/,
    find: /\bpage\.getBy\w+\((?:[^()]|\([^()]*\))*\)\.(?:first|last)\(\)\.(?:click|dblclick|fill|press|check|hover|dragTo)\(/,
    where: "code",
    tests: true,
    why: "a journey acts on the one thing that it names: name the region (a table, a dialog, main) or the exact text, instead of the first match of a whole page",
  },
  {
    in: /^server\/domain\//,
    find: /\bDate\.now\b|\bnew\s+Date\s*(?:\(\s*\)|(?![\w(]))|(?<!new\s)\bDate\s*\(|\bTemporal\.Now\b|\bperformance\.now\b/,
    where: "code",
    tests: true,
    why: "domain never looks at the clock: the time is an argument",
  },
  {
    in: /^server\/domain\//,
    find: /\bMath\.random\b|\brandomUUID\b|\bcrypto\./,
    where: "code",
    tests: true,
    why: "domain throws no dice: chance is an argument",
  },
  {
    in: /^web\//,
    except: /^web\/(?:parts\/current-time\.ts|pages\/sequences\/sequence-steps\/draft\.ts|journeys\/)/,
    find: /\bDate\.now\b|\bnew\s+Date\s*\(\s*\)|\bTemporal\.Now\b/,
    where: "code",
    why: "a sandbox has a time of its own: currentTime() (web/parts/current-time.ts)",
  },
  {
    in: /^server\//,
    except: /^server\/(?:clock\.ts|kernel\/ids\.ts|testing\/|domain\/)/,
    find: /\bDate\.now\b|\bnew\s+Date\s*(?:\(\s*\)|(?![\w(]))|(?<!new\s)\bDate\s*\(|\bTemporal\.Now\b|\bperformance\s*\.\s*timeOrigin\b/,
    where: "code",
    why: "there is one clock, the database's: app.now(), or timeOf(db) where a time decides (server/clock.ts)",
  },
  {
    in: /^server\//,
    except: /^server\/(?:config\.ts|seams\.ts|testing\/|db\/embedded\/)/,
    find: /\bprocess\s*(?:\.|\?\.)\s*env\b|\bprocess\s*\[|=\s*process\s*;/,
    where: "code",
    why: "server/config.ts is the only reader of the environment (beside seams.ts, testing/, and db/embedded/, which hands it on)",
  },
  {
    in: /^server\//,
    except: /^server\/(?:http\/came-from\.ts|testing\/|mail\/|catcher\/|outgoing\/|db\/)/,
    find: /\brequest\s*\.\s*(?:ips?|socket|connection)\b|\.remoteAddress\b/,
    where: "code",
    why: "who hangs up takes the address along: cameFrom(request) has it from the request's beginning (server/http/came-from.ts)",
  },
  {
    in: /^(?:server|sdk)\//,
    except:
      /^server\/features\/[^/]+\/[^/]+\/(?:(?:[\w-]+-)?(?:routes|present)|[\w-]+-input)\.ts$|^server\/testing\/|^sdk\/(?:(?:addresses|shapes|connector|adding)\.ts$|moving\/)/,
    find: /emailer_campaign|\bcontact_ids\b/,
    where: "any",
    why: "the wire's words stay in contract/, routes.ts (and the -input.ts split off from one) and present.ts; inside we say sequence and contactIds",
  },
  {
    in: /^server\/(?:features\/[^/]+\/[^/]+\/(?:[\w-]+-)?store\.ts$|engine\/)/,
    // A lookup's claim is held by the database's clock alone: processes whose clocks differ compare it.
    except: /^server\/features\/prospecting\/enrichment\/claims-store\.ts$/,
    find: /^(?:(?!--).)*?(?:\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\s*\)|\b(?:current_timestamp|current_date|localtimestamp)\b)/i,
    where: "text",
    unless: /-- db clock: *\w/,
    why: "SQL takes the time as an argument, or tests could not move it (or say why: `-- db clock: <reason>`)",
  },
  {
    in: /^contract\/(?!examples\/)/,
    find: /\b(?:who(?:m)?ever|somebody|nobody)\b/i,
    where: "text",
    why: "sentences of the API name who is meant: the caller, the contact, the person who made it",
  },
  {
    in: /^server\//,
    except: /^server\/(?:outgoing|testing|catcher)\//,
    find: /(?<![.\w#])fetch\s*\(|\bglobalThis\s*\.\s*fetch\b/,
    where: "code",
    why: "calls to other people's servers go out by app.outgoing, where every answer has a ceiling of bytes and time",
  },
  {
    in: /./,
    find: /\bas\s+never\b/,
    where: "code",
    tests: true,
    why: "a value is given its own type, so that a wrong parameter does not compile; wrong on purpose, in a test: unchecked() (server/testing/unchecked.ts)",
  },
  {
    in: /\.test\.tsx?$/,
    find: /(?:\bperformance\.now\(\)\s*-\s*[\w.]+|\bDate\.now\(\)\s*-\s*[\w.]+|\b(?:took|elapsed|answered|waited|median|latency)(?:Ms)?)\s*<=?\s*[\dA-Z]|\bperformance\.now\(\)\s*\+\s*\d/,
    where: "code",
    tests: true,
    unless: /PATIENCE_MS/,
    why: "no test knows how fast the machine is: compare with the same work at another size (testing/growth.ts), or wait as long as testing/patience.ts does",
  },
];

/** Such a name says the place was not found yet. */
export const EMPTY_NAME = /(?:^|-)(?:utils?|helpers?|common|managers?|services?|base)$/;
