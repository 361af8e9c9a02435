using Samenhang.Language;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Expressions;
using Samenhang.Rules.Reading;

namespace Samenhang.Rules;

/// <summary>Reads one service's rulebook and checks every name, type and date in it.</summary>
internal sealed class RulebookReader(string service, DerivedFacts derived, List<RuleFault> faults)
{
    private static readonly (string Key, Effect Effect)[] Effects =
    [
        ("notApplicable", Effect.NotApplicable), ("excludes", Effect.Excludes), ("leavesOpen", Effect.LeavesOpen), ("requires", Effect.Requires),
        ("covers", Effect.Covers), ("awaits", Effect.Awaits), ("informs", Effect.Informs),
    ];

    private static readonly string[] RuleKeys = ["id", "title", "lines", "strength", "valid", "basis", "indicative", "option", "note", "clauses", "source"];

    private static readonly string[] ClauseKeys =
    [
        .. Effects.Select(effect => effect.Key), "for", "when", "nl", "en", "payer", "fallbackPayer", "paymentMode", "product", "responsible", "modal",
        "reason", "legalRisk", "decided", "exceptionTo", "suggests", "contract",
    ];

    private readonly Vocabulary vocabulary = derived.Vocabulary;

    internal IEnumerable<Rule> Read(RuleFile file)
    {
        var document = YamlDocument.Read(file, faults);
        if (document is null)
        {
            yield break;
        }

        document.Root.Allow("source", "rules");
        var source = document.Root.Required("source");
        if (source is not null)
        {
            CheckDocument(document.Root, source);
        }

        foreach (var entry in document.List("rules"))
        {
            if (ReadRule(entry, source ?? "") is { } rule)
            {
                yield return rule;
            }
        }
    }

    private Rule? ReadRule(YamlEntry entry, string source)
    {
        entry.Allow(RuleKeys);
        var id = entry.Required("id") ?? "";
        var books = vocabulary.DocumentsOf(id);
        if (id.Length > 0 && books.Count == 0)
        {
            entry.Fault("id", $"{id}: no document has rules with this prefix");
        }

        if (entry.Optional("source") is { } document)
        {
            CheckDocument(entry, document);
        }

        var strength = ReadStrength(entry);
        var option = entry.Optional("option");
        if (option is not null && !vocabulary.Options.Contains(option))
        {
            entry.Fault("option", $"{option} is no option{Spelling.Hint(option, vocabulary.Options)}");
        }
        else if (option is not null && strength != RuleStrength.Proposal)
        {
            // What a region may switch on is never law: the answer must say so.
            entry.Fault("option", $"a rule that counts when an option is on is a proposal, not {strength.ToString().ToLowerInvariant()}");
        }

        var clauses = entry.List("clauses").Select(clause => ReadClause(clause, strength, option)).OfType<Clause>().ToList();
        var rule = new Rule
        {
            Id = id,
            Title = entry.Required("title") ?? "",
            Service = service,
            Document = entry.Optional("source") ?? source,
            Lines = entry.Required("lines") ?? "",
            Strength = strength,
            Validity = entry.Period("valid"),
            Basis = CheckCode(entry, "basis", ["text", "document", "context"]) ?? "document",
            Indicative = entry.Flag("indicative"),
            Option = option,
            Note = entry.Optional("note"),
            Books = books,
            Clauses = clauses,
            File = entry.File,
            Line = entry.Line,
        };
        foreach (var clause in clauses)
        {
            clause.Rule = rule;
        }

        if (clauses.Count == 0 && rule.Note is null && entry.List("clauses").Count == 0)
        {
            entry.Fault("id", $"{id}: a rule without clauses needs a note that says what carries it");
        }

        return rule;
    }

    private static RuleStrength ReadStrength(YamlEntry entry)
    {
        var text = entry.Required("strength");
        var names = Enum.GetValues<RuleStrength>().ToDictionary(Code);
        if (text is not null && names.TryGetValue(text, out var strength))
        {
            return strength;
        }

        if (text is not null)
        {
            entry.Fault("strength", $"{text} is no strength{Spelling.Hint(text, names.Keys)}");
        }

        return RuleStrength.Silence;

        static string Code(RuleStrength strength) => strength == RuleStrength.OpenQuestion ? "open-question" : strength.ToString().ToLowerInvariant();
    }

    private Clause? ReadClause(YamlEntry entry, RuleStrength strength, string? option)
    {
        entry.Allow(ClauseKeys);
        var effects = Effects.Where(effect => entry.Keys.Contains(effect.Key)).ToList();
        if (effects.Count != 1)
        {
            entry.Fault("for", $"a clause has exactly one effect of {string.Join(", ", Effects.Select(effect => effect.Key))}; this one has {effects.Count}");
            return null;
        }

        var (key, effect) = effects[0];
        CheckStrength(entry, key, effect, strength, option);
        var patterns = entry.Texts(key);
        var named = new List<Scheme>();
        foreach (var pattern in patterns)
        {
            var matching = vocabulary.Schemes.Values.Where(scheme => vocabulary.Matches(pattern, scheme)).ToList();
            if (matching.Count == 0)
            {
                entry.Fault(key, $"{pattern} matches no scheme{Spelling.Hint(pattern, vocabulary.Schemes.Keys)}");
            }

            foreach (var other in matching.Where(scheme => !Owns(scheme)))
            {
                entry.Fault(key, $"{other.Id} is a scheme of {other.Service}, not of {service}");
            }

            named.AddRange(matching.Where(scheme => scheme.Id == pattern));
        }

        var needs = entry.Texts("for");
        if (needs.Count == 0)
        {
            entry.Fault("for", "a clause says for which needs it is (for: a list of need kinds, goal:x, social:true or any)");
        }

        foreach (var need in needs.Where(need => !IsNeedSelector(need)))
        {
            entry.Fault("for", $"{need} is no kind of need{Spelling.Hint(need, NeedKinds.Keys)}");
        }

        var says = new Sentence(entry.Optional("nl") ?? "", entry.Optional("en") ?? "");
        if (says.Nl.Length == 0 || says.En.Length == 0)
        {
            if (effect != Effect.Informs)
            {
                entry.Fault("nl", "a clause that decides says why, in nl and in en");
            }
        }

        foreach (var fact in SentenceTemplate.FactsIn(says))
        {
            CheckFact(entry, "nl", fact);
        }

        foreach (var suggested in entry.Texts("suggests").Where(scheme => !vocabulary.Schemes.ContainsKey(scheme)))
        {
            entry.Fault("suggests", $"{suggested} is no scheme{Spelling.Hint(suggested, vocabulary.Schemes.Keys)}");
        }

        var reason = CheckCode(entry, "reason", vocabulary.UndeterminedReasons);
        if (effect == Effect.LeavesOpen && reason is null or "missing-facts" or "rule-version")
        {
            entry.Fault("leavesOpen", "leavesOpen needs a reason: not-stated, open-question, human-judgement or rule-conflict");
        }

        return new Clause
        {
            Effect = effect,
            SchemePatterns = patterns,
            NamedSchemes = named,
            NeedSelectors = needs,
            Condition = ReadCondition(entry, "when"),
            Contract = ReadCondition(entry, "contract"),
            Says = says,
            Payer = entry.Optional("payer"),
            FallbackPayer = entry.Optional("fallbackPayer"),
            PaymentMode = CheckCode(entry, "paymentMode", vocabulary.PaymentModes.Keys),
            Product = entry.Optional("product"),
            Responsible = CheckCode(entry, "responsible", vocabulary.PartyRoles.Keys),
            Modal = CheckCode(entry, "modal", vocabulary.Modals),
            Reason = reason,
            LegalRisk = entry.Flag("legalRisk"),
            Decided = entry.Flag("decided"),
            ExceptionTo = entry.Texts("exceptionTo"),
            Suggests = entry.Texts("suggests"),
        };
    }

    private IReadOnlyDictionary<string, NeedKind> NeedKinds => service == "employer" ? vocabulary.EmployerNeeds : vocabulary.Needs;

    private bool IsNeedSelector(string selector) =>
        selector == "any" || NeedKinds.ContainsKey(selector) ||
        (service != "employer" && (selector == "social:true" || (selector.StartsWith("goal:", StringComparison.Ordinal) && ItemFields.Goals.Contains(selector[5..]))));

    private bool Owns(Scheme scheme) => scheme.Service == service || (scheme.Service == "none" && service == "casemanager");

    private Compiled<Predicate>? ReadCondition(YamlEntry entry, string name)
    {
        Compiled<Predicate>? condition = null;
        if (entry.Optional(name) is { } text)
        {
            entry.Try(name, () => condition = Binder.Predicate(text, ScopeKind.Row, derived.Lexicon));
            foreach (var fact in condition?.Node.Facts.Distinct() ?? [])
            {
                CheckFact(entry, name, fact.Id);
            }
        }

        return condition;
    }

    private void CheckFact(YamlEntry entry, string name, string id)
    {
        if (!vocabulary.FactById.TryGetValue(id, out var fact))
        {
            entry.Fault(name, $"{id} is no fact{Spelling.Hint(id, vocabulary.FactById.Keys)}");
        }
        else if (service != "casemanager" && !fact.VisibleTo.Contains(service))
        {
            entry.Fault(name, $"{id} may not be seen by {service}; it may be seen by {string.Join(", ", fact.VisibleTo.Order())}");
        }
    }

    private static void CheckStrength(YamlEntry entry, string key, Effect effect, RuleStrength strength, string? option)
    {
        var allowed = strength switch
        {
            RuleStrength.Hard or RuleStrength.Interpretation => true,
            RuleStrength.Silence or RuleStrength.OpenQuestion => effect is Effect.LeavesOpen or Effect.Informs,
            RuleStrength.Proposal => option is not null || effect is Effect.Informs,
            _ => effect is Effect.Informs,
        };
        if (!allowed)
        {
            entry.Fault(key, $"a rule of strength {strength.ToString().ToLowerInvariant()} may not say {key}");
        }
    }

    /// <summary>codes.json names a document by its file and the lines that a part of it takes: "002_….txt (lines 1-6700)".</summary>
    private void CheckDocument(YamlEntry entry, string name)
    {
        var known = vocabulary.Documents.Values.Select(document => document.Split(' ')[0]).Distinct();
        if (!known.Contains(name))
        {
            entry.Fault("source", $"{name} is no document{Spelling.Hint(name, known)}");
        }
    }

    private static string? CheckCode(YamlEntry entry, string name, IEnumerable<string> known)
    {
        var code = entry.Optional(name);
        if (code is not null && !known.Contains(code))
        {
            entry.Fault(name, $"{code} is not in the list of {name}{Spelling.Hint(code, known)}");
        }

        return code;
    }
}
