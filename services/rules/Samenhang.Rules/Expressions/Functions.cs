using System.Collections.Frozen;
using System.Globalization;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Expressions;

/// <summary>The functions of the language, each bound to its arguments (docs/rulebook.md has the list).</summary>
internal sealed partial class Binder
{
    private static readonly string[] FunctionNames =
    [
        "scheme", "group", "law", "svc", "kind", "need", "active", "run", "overlap", "exclusive", "allowedPair", "heavier", "level", "maxTariff", "paymentEffect",
        "ruleValid", "provider", "hasRole", "partyOf", "hbEligible", "designatedProfessions", "referrerAllowed", "event", "latest", "latestEnd", "evidence",
        "acknowledged", "consent", "roleOf", "serviceOf", "waitsInCircle", "hasCover", "covered", "outcome", "zvwGgzCoverage", "zvwCoverage", "option", "par",
        "days", "addMonths", "year", "wholeYears", "wholeMonths", "floor", "coalesce", "size", "between", "known", "unknown", "isEmpty", "nonEmpty", "proven",
        "ruleOutsideValidity", "dataConflict", "recorded",
    ];

    private Node BindCall(Syntax.Call call) => call.Name switch
    {
        "scheme" => SchemeIs(call),
        "group" => Group(call),
        "law" => Of(call, ItemValue(call, (context, scheme) => context.LawOf(scheme)), TermType.Text with { Codes = vocabulary.Schemes.Values.Select(s => s.Law).ToFrozenSet(), List = "laws" }),
        "svc" => Of(call, ItemValue(call, (_, scheme) => scheme.Service), TermType.Text with { Codes = ItemFields.Services, List = "services" }),
        "kind" => Of(call, ItemValue(call, (_, scheme) => scheme.EntitlementKind), TermType.Text with { Codes = vocabulary.Schemes.Values.Select(s => s.EntitlementKind).ToFrozenSet(), List = "entitlement kinds" }),
        "level" => Of(call, ItemValue(call, (_, scheme) => scheme.Level), TermType.Text with { Codes = vocabulary.Schemes.Values.Select(s => s.Level).OfType<string>().ToFrozenSet(), List = "levels" }),
        "active" => OnProvision(call, p => Kleene.Known(p.Status is "requested" or "granted" or "running")),
        "run" => OnProvision(call, p => Kleene.Known(p.Status == "running")),
        "overlap" => OnPair(call, (scope, p, q) => Overlap(p, q, scope.Context.Case.AsOf)),
        "exclusive" => OnPair(call, (_, p, q) => Kleene.Known(InPair(vocabulary.ExclusivePairs, p.Scheme, q.Scheme))),
        "allowedPair" => OnPair(call, (_, p, q) => Kleene.Known(InPair(vocabulary.AllowedPairs, p.Scheme, q.Scheme))),
        "heavier" => Heavier(call),
        "maxTariff" => MaxTariff(call),
        "paymentEffect" => PaymentEffectOf(call),
        "ruleValid" => RuleValid(call),
        "hasRole" => HasRole(call),
        "hbEligible" => HbEligible(call),
        "proven" => new ProvenNode(BindPredicate(Arguments(call, 1)[0])),
        "designatedProfessions" => DesignatedProfessions(call),
        "referrerAllowed" => ReferrerAllowed(call),
        "event" => Event(call),
        "latest" => Latest(call),
        "latestEnd" => LatestEnd(call),
        "evidence" => HasEvidence(call),
        "acknowledged" => Acknowledged(call),
        "consent" => ConsentGiven(call),
        "roleOf" => NameOf(call, (context, name) => context.RoleOf(name), new(ValueKind.Code, vocabulary.PartyRoles.Keys.ToFrozenSet(), "party roles")),
        "serviceOf" => NameOf(call, (context, name) => context.ServiceOf(name), new(ValueKind.Code, ItemFields.Services, "services")),
        "waitsInCircle" => WaitsInCircle(call),
        "hasCover" => OnNeed(call, HasCover),
        "covered" => OnNeed(call, IsCovered),
        "outcome" => OutcomeOf(call),
        "zvwGgzCoverage" => BestCoverage(call, scheme => vocabulary.SchemeGroups["ggz"].Contains(scheme)),
        "zvwCoverage" => BestCoverage(call, scheme => vocabulary.Schemes[scheme].Service == "zvw"),
        "option" => Option(call),
        "par" => Par(call),
        "days" => Dates(call, TermType.Number, days => Value.Of((decimal)(days[1].DayNumber - days[0].DayNumber))),
        "wholeYears" => Dates(call, TermType.Number, days => Value.Of((decimal)Math.Floor(WholeMonths(days[0], days[1]) / 12m))),
        "wholeMonths" => Dates(call, TermType.Number, days => Value.Of((decimal)WholeMonths(days[0], days[1]))),
        "addMonths" => AddMonths(call),
        "year" => Year(call),
        "floor" => Of(call, BindArithmetic(call, [Arguments(call, 1)[0]], values => Math.Floor(values[0])).Item1, TermType.Number),
        "coalesce" => Coalesce(call),
        "size" => Size(call),
        "between" => Between(call),
        "known" => Knowledge(call, known: true),
        "unknown" => Knowledge(call, known: false),
        "isEmpty" => Emptiness(call, empty: true),
        "nonEmpty" => Emptiness(call, empty: false),
        "recorded" => Recorded(call),
        "ruleOutsideValidity" => NoArguments(call, scope => Kleene.Known(scope.Context.Coverage.Any(c => c.Reason == "rule-version"))),
        "dataConflict" => NoArguments(call, scope => Kleene.Known(scope.Context.HasDataConflict())),
        _ when definitions.TryGetValue(call.Name, out var definition) => Expand(call, definition),
        _ => throw Fault(call, $"{call.Name} is no function{Spelling.Hint(call.Name, FunctionNames.Concat(definitions.Keys))}"),
    };

    private static int WholeMonths(DateOnly from, DateOnly to)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        return from.AddMonths(months) > to ? months - 1 : months;
    }

    private static Typed Of(Syntax.Call _, Term term, TermType type) => new(term, type);

    private Predicate Expand(Syntax.Call call, Definition definition)
    {
        var argument = BindItem(Arguments(call, 1)[0]);
        if (!opened.Add(definition.Name))
        {
            throw Fault(call, $"{definition.Name} is defined by itself");
        }

        var nested = new Binder(vocabulary, fields, definitions, definition.Text, ScopeKind.Case) { slots = slots };
        nested.opened.UnionWith(opened);
        nested.variables[definition.Variable] = argument;
        var body = nested.BindPredicate(definition.Body);
        slots = nested.slots;
        opened.Remove(definition.Name);
        return body;
    }

    private static Found NoArguments(Syntax.Call call, Func<Scope, Truth> find)
    {
        Arguments(call, 0);
        return new([], find);
    }

    private Found OnProvision(Syntax.Call call, Func<Provision, Truth> find)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Provision);
        return new([item], scope => item.Item(scope) is Provision p ? find(p) : Truth.Unknown);
    }

    private Found OnNeed(Syntax.Call call, Func<Scope, Need, Truth> find)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Need);
        return new([item], scope => item.Item(scope) is Need n ? find(scope, n) : Truth.Unknown);
    }

    private Found OnPair(Syntax.Call call, Func<Scope, Provision, Provision, Truth> find)
    {
        var arguments = Arguments(call, 2);
        var (first, second) = (BindItem(arguments[0], ItemKind.Provision), BindItem(arguments[1], ItemKind.Provision));
        return new([first, second], scope => first.Item(scope) is Provision p && second.Item(scope) is Provision q ? find(scope, p, q) : Truth.Unknown);
    }

    private Scheme? SchemeOf(object? item) => item switch
    {
        Provision provision => provision.Scheme,
        Coverage coverage => vocabulary.Schemes.GetValueOrDefault(coverage.Scheme),
        _ => null,
    };

    private Computed ItemValue(Syntax.Call call, Func<CaseContext, Scheme, string?> read)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Provision, ItemKind.Coverage);
        return new([item], scope => SchemeOf(item.Item(scope)) is { } scheme ? Value.Of(read(scope.Context, scheme)) : default);
    }

    private FrozenSet<string> SchemesMatching(Syntax.Call call, IEnumerable<Syntax> patterns)
    {
        var matching = new HashSet<string>();
        foreach (var syntax in patterns)
        {
            var pattern = syntax is Syntax.Quoted text ? text.Value : syntax is Syntax.Word word ? word.Text : throw Fault(syntax, "a scheme or a pattern with * is needed here");
            var found = vocabulary.Schemes.Values.Where(scheme => vocabulary.Matches(pattern, scheme)).Select(scheme => scheme.Id).ToList();
            matching.UnionWith(found.Count > 0 ? found : throw Fault(syntax, $"{pattern} matches no scheme{Spelling.Hint(pattern, vocabulary.Schemes.Keys)}"));
        }

        return matching.Count > 0 ? matching.ToFrozenSet() : throw Fault(call, $"{call.Name} needs at least one scheme");
    }

    private Found SchemeIs(Syntax.Call call)
    {
        if (call.Arguments.Count < 2)
        {
            throw Fault(call, "scheme needs an item and at least one scheme");
        }

        var item = BindItem(call.Arguments[0], ItemKind.Provision, ItemKind.Coverage);
        var schemes = SchemesMatching(call, call.Arguments.Skip(1));
        return new([item], scope => SchemeOf(item.Item(scope)) is { } scheme ? Kleene.Known(schemes.Contains(scheme.Id)) : Truth.Unknown);
    }

    private Found Group(Syntax.Call call)
    {
        var arguments = Arguments(call, 2);
        var item = BindItem(arguments[0], ItemKind.Provision, ItemKind.Coverage);
        var group = vocabulary.SchemeGroups[Literal(arguments[1], vocabulary.SchemeGroups.Keys, "scheme groups")];
        return new([item], scope => SchemeOf(item.Item(scope)) is { } scheme ? Kleene.Known(group.Contains(scheme.Id)) : Truth.Unknown);
    }

    private bool InPair(IReadOnlyList<(string, string)> pairs, Scheme first, Scheme second)
    {
        foreach (var (a, b) in pairs)
        {
            if ((vocabulary.Matches(a, first) && vocabulary.Matches(b, second)) || (vocabulary.Matches(a, second) && vocabulary.Matches(b, first)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The periods share a day; an end on the other's first day does not count. A missing start is the reference day for what was requested,
    /// offered or granted; a missing end is open for those and for what runs, and the reference day for what was claimed; else unknown.
    /// </summary>
    private static Truth Overlap(Provision p, Provision q, DateOnly asOf)
    {
        static DateOnly? Start(Provision p, DateOnly asOf) => p.From ?? (p.Status is "requested" or "offered" or "granted" ? asOf : null);
        static DateOnly? End(Provision p, DateOnly asOf) => p.To ?? (p.Status is "requested" or "offered" or "granted" or "running" ? DateOnly.MaxValue : p.Status == "claimed" ? asOf : null);

        var (pStart, pEnd, qStart, qEnd) = (Start(p, asOf), End(p, asOf), Start(q, asOf), End(q, asOf));
        if (pEnd <= qStart && !(pEnd == qStart && pStart == pEnd && qStart == qEnd))
        {
            return Truth.False;
        }

        if (qEnd <= pStart && !(qEnd == pStart && pStart == pEnd && qStart == qEnd))
        {
            return Truth.False;
        }

        return pStart is null || pEnd is null || qStart is null || qEnd is null ? Truth.Unknown : Truth.True;
    }

    private Found Heavier(Syntax.Call call)
    {
        var terms = Arguments(call, 2).Select(argument => ValueTerm(argument, TermType.Text)).ToArray();
        var ranks = vocabulary.ProductOrder.Select((product, rank) => (product, rank)).ToFrozenDictionary(pair => pair.product, pair => pair.rank);
        int? Rank(Value value) => value.Kind == ValueKind.Code && ranks.TryGetValue(vocabulary.ProductCodes.GetValueOrDefault(value.Code, value.Code), out var rank) ? rank : null;
        return new(terms, scope => Rank(terms[0].Get(scope)) is { } first && Rank(terms[1].Get(scope)) is { } second ? Kleene.Known(first > second) : Truth.Unknown);
    }

    private Typed MaxTariff(Syntax.Call call)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Provision);
        return new(new Computed([item], scope =>
            item.Item(scope) is Provision { From: { } from, Scheme.MaxTariffParameter: { } parameter }
                ? scope.Context.Parameter(parameter, from) : default), TermType.Number);
    }

    private Typed PaymentEffectOf(Syntax.Call call)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Provision);
        var code = new FactTerm(vocabulary.FactById["msz.registrationCode"], item);
        return new(new Computed([code], scope =>
        {
            if (item.Item(scope) is not Provision p || code.Get(scope) is not { IsKnown: true } registered)
            {
                return default;
            }

            var effects = vocabulary.PaymentEffects.Where(effect => effect.Code == registered.Code).ToList();
            var profession = scope.Context.ProviderOf(p)?.Profession;
            return effects.Exists(effect => effect.Profession is not (null or "*")) && profession is null ? default
                : Value.Of((effects.Find(effect => effect.Profession == profession) ?? effects.Find(effect => effect.Profession is null or "*"))?.Effect);
        }), TermType.Text);
    }

    private Found RuleValid(Syntax.Call call)
    {
        var arguments = Arguments(call, 2);
        var item = BindItem(arguments[0], ItemKind.Provision);
        var day = DateTerm(arguments[1]);
        return new([item, day], scope => item.Item(scope) is Provision p && day.Get(scope) is { Kind: ValueKind.Date } date ? Kleene.Known(p.Scheme.Validity.Contains(date.Date)) : Truth.Unknown);
    }

    private Found HasRole(Syntax.Call call)
    {
        if (call.Arguments.Count < 2)
        {
            throw Fault(call, "hasRole needs a provision and at least one role");
        }

        var item = BindItem(call.Arguments[0], ItemKind.Provision);
        var roles = call.Arguments.Skip(1).Select(role => Literal(role, vocabulary.PartyRoles.Keys, "party roles")).ToFrozenSet();
        return new([item], scope =>
        {
            if (item.Item(scope) is not Provision p)
            {
                return Truth.Unknown;
            }

            var organisation = scope.Context.ProviderOf(p)?.Organisation ?? p.ProviderId;
            foreach (var party in scope.Context.Case.Parties)
            {
                if (roles.Contains(party.Role) && (party.Id == p.ProviderId || (organisation is not null && party.Organisation == organisation) || party.ProvisionIds.Contains(p.Id)))
                {
                    return Truth.True;
                }
            }

            return scope.Context.Case.Open.Contains("parties") ? Truth.Unknown : Truth.False;
        });
    }

    /// <summary>Whether the main practitioner of a provision may be one: profession and product in a regime of that day; unknown outside every regime.</summary>
    private Found HbEligible(Syntax.Call call)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Provision);
        var lexicon = new Lexicon(vocabulary, fields, definitions);
        var regimes = vocabulary.MainPractitioners
            .Select(regime => (Regime: regime, When: regime.When is null ? null : ListedCondition("professions.json", $"mainPractitioner {regime.Role}", regime.When, ScopeKind.Party, lexicon))).ToArray();
        return new([item], scope =>
        {
            if (item.Item(scope) is not Provision p)
            {
                return Truth.Unknown;
            }

            var context = scope.Context;
            var party = context.PartyOf(p, "hoofdbehandelaar") ?? context.PartyOf(p, "regiebehandelaar");
            var day = p.From ?? p.RequestedOn ?? context.Case.AsOf;
            var ofThatDay = Array.FindAll(regimes, one => one.Regime.Validity.Contains(day) && one.Regime.Products.Any(product => vocabulary.Matches(product, p.Scheme)));
            if (party?.Profession is not { } profession || !Array.Exists(ofThatDay, one => one.Regime.Allow is not null))
            {
                return Truth.Unknown;
            }

            var result = Truth.False;
            foreach (var (regime, when) in ofThatDay)
            {
                if (regime.Allow?.Contains(profession) == true)
                {
                    result = result.Or(when?.Node.Test(when.ScopeFor(context, party)) ?? Truth.True);
                }
            }

            return result;
        });
    }

    private Typed DesignatedProfessions(Syntax.Call call)
    {
        var day = DateTerm(Arguments(call, 1)[0]);
        return new(new Computed([day], scope =>
        {
            if (day.Get(scope) is not { Kind: ValueKind.Date } date)
            {
                return default;
            }

            var lists = vocabulary.MainPractitioners.Where(r => r is { Role: "hoofdbehandelaar", Allow: not null } && r.Validity.Contains(date.Date) && r.Products.Contains("gbggz*")).ToList();
            return lists.Count == 0 ? default : Value.SetOf(lists.SelectMany(r => r.Allow!));
        }), TermType.Texts);
    }

    /// <summary>Whether the referrer of a provision may refer to its level, as referrers.json says; unknown where the text or the policy leaves it open.</summary>
    private ReferrerAccepted ReferrerAllowed(Syntax.Call call)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Provision);
        var lexicon = new Lexicon(vocabulary, fields, definitions);
        FactTerm On(string fact) => new(vocabulary.FactById[fact], item);
        return new(item, On("referral.by"), On("referral.toLevel"), vocabulary.ReferrerAcceptance
            .SelectMany(acceptance => acceptance.To.Select(to => (acceptance.Referrer, Level: to.Key, When: ListedCondition("referrers.json", $"{acceptance.Referrer} to {to.Key}", to.Value, ScopeKind.Provision, lexicon))))
            .ToFrozenDictionary(one => (one.Referrer, one.Level), one => one.When));
    }

    /// <summary>A condition that stands in a list: a fault in it is told as one of that list.</summary>
    private static Compiled<Predicate> ListedCondition(string list, string entry, string condition, ScopeKind scope, Lexicon lexicon)
    {
        try
        {
            return Predicate(condition, scope, lexicon);
        }
        catch (ExpressionException e)
        {
            throw new ExpressionException(0, string.Create(CultureInfo.InvariantCulture, $"{list}: {entry}: at {e.Position + 1}: {e.Message}"));
        }
    }

    private Found Event(Syntax.Call call)
    {
        if (call.Arguments.Count != 1)
        {
            throw Fault(call, "event takes a type, and after=, to=, of=");
        }

        var type = Literal(call.Arguments[0], vocabulary.EventTypes, "event types");
        Term? after = null;
        Term? to = null;
        ItemTerm? of = null;
        foreach (var (name, value) in call.Named)
        {
            switch (name)
            {
                case "after":
                    after = DateTerm(value);
                    break;
                case "to":
                    to = ValueTerm(value, TermType.Text);
                    break;
                case "of":
                    of = BindItem(value, ItemKind.Provision);
                    break;
                default:
                    throw Fault(value, $"event has no argument {name}=");
            }
        }

        return new(new Node?[] { after, to }.OfType<Node>().ToArray(), scope =>
        {
            var result = scope.Context.Case.Open.Contains("events") ? Truth.Unknown : Truth.False;
            foreach (var e in scope.Context.Case.Events)
            {
                if (e.Type != type || (of is not null && e.Provision != (of.Item(scope) as Provision)?.Id))
                {
                    continue;
                }

                var match = Truth.True;
                if (after is not null)
                {
                    match = after.Get(scope) is { Kind: ValueKind.Date } day ? Kleene.Known(e.Date >= day.Date) : Truth.Unknown;
                }

                if (to is not null)
                {
                    match = match.And(to.Get(scope) is { Kind: ValueKind.Code } receiver ? Kleene.Known(IsFor(scope.Context, e.To, receiver.Code)) : Truth.Unknown);
                }

                result = result.Or(match);
            }

            return result;
        });
    }

    private static bool IsFor(CaseContext context, string? name, string receiver) =>
        name is not null && (name == receiver || context.RoleOf(name) == receiver || context.ServiceOf(name) == receiver);

    private Typed Latest(Syntax.Call call)
    {
        var type = Literal(Arguments(call, 1)[0], vocabulary.EventTypes, "event types");
        return new(new Computed([], scope =>
        {
            // A list that may miss items may miss the last one.
            if (scope.Context.Case.Open.Contains("events"))
            {
                return default;
            }

            DateOnly? last = null;
            foreach (var e in scope.Context.Case.Events)
            {
                last = e.Type == type && (last is null || e.Date > last) ? e.Date : last;
            }

            return last is { } day ? Value.Of(day) : default;
        }), TermType.Date);
    }

    private Typed LatestEnd(Syntax.Call call)
    {
        var schemes = SchemesMatching(call, call.Arguments);
        return new(new Computed([], scope =>
            !scope.Context.Case.Open.Contains("provisions") &&
            scope.Context.Case.Provisions.Where(p => schemes.Contains(p.Scheme.Id)).Max(p => p.To) is { } day ? Value.Of(day) : default), TermType.Date);
    }

    private Found HasEvidence(Syntax.Call call)
    {
        var type = Literal(Arguments(call, 1)[0], vocabulary.EvidenceTypes, "evidence types");
        return new([], scope => scope.Context.Case.Evidence.Any(d => d.Type == type) ? Truth.True
            : scope.Context.Case.Open.Contains("evidence") ? Truth.Unknown : Truth.False);
    }

    private Found Acknowledged(Syntax.Call call)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Event);
        return new([item], scope => Kleene.Known(item.Item(scope) is CaseEvent { AcknowledgedOn: not null }));
    }

    /// <summary>
    /// A record that gives the category on the day. The record may name the one who is asked for, its role or its service, or a party in the
    /// role that is asked for. (A service that is asked for is not any of its parties: consent to the company physician is none to the employer.)
    /// Without records the answer is no, whatever is asked; else an unknown argument leaves open the records that could fit.
    /// </summary>
    private Found ConsentGiven(Syntax.Call call)
    {
        var arguments = Arguments(call, 4);
        Term[] terms = [.. arguments.Select((argument, i) => i == 3 ? DateTerm(argument) : ValueTerm(argument, TermType.Text))];
        return new(terms, scope =>
        {
            var context = scope.Context;
            Truth Names(Value asked, string stated) => asked.Kind != ValueKind.Code ? Truth.Unknown
                : Kleene.Known(IsFor(context, asked.Code, stated) || context.RoleOf(stated) == asked.Code);
            var (from, to, category, day) = (terms[0].Get(scope), terms[1].Get(scope), terms[2].Get(scope), terms[3].Get(scope));
            var result = context.Case.Open.Contains("consents") ? Truth.Unknown : Truth.False;
            foreach (var consent in context.Case.Consents)
            {
                var given = category.Kind == ValueKind.Code || consent.Categories.Contains("full")
                    ? day.Kind == ValueKind.Date ? Kleene.Known(consent.Allows(category.IsKnown ? category.Code : "full", day.Date)) : Truth.Unknown
                    : Truth.Unknown;
                result = result.Or(Names(from, consent.From).And(Names(to, consent.To)).And(given));
            }

            return result;
        });
    }

    private Typed NameOf(Syntax.Call call, Func<CaseContext, string, string?> find, TermType type)
    {
        var name = ValueTerm(Arguments(call, 1)[0], TermType.Text);
        return new(new Computed([name], scope => name.Get(scope) is { Kind: ValueKind.Code } known ? Value.Of(find(scope.Context, known.Code)) : default), type);
    }

    /// <summary>Whether providers wait for each other; false if nobody carries the fact.</summary>
    private Found WaitsInCircle(Syntax.Call call)
    {
        var fact = vocabulary.FactById["prov.waitsForParty"];
        return NoArguments(call, scope =>
        {
            var waitsFor = new Dictionary<string, List<string>>();
            foreach (var p in scope.Context.Case.Provisions)
            {
                if (p.ProviderId is { } provider && p.Facts[fact] is { Kind: ValueKind.Code } awaited && awaited.Code != provider)
                {
                    waitsFor.TryAdd(provider, []);
                    waitsFor[provider].Add(awaited.Code);
                }
            }

            bool Reaches(string from, string goal, HashSet<string> seen) =>
                waitsFor.TryGetValue(from, out var next) && next.Exists(n => n == goal || (seen.Add(n) && Reaches(n, goal, seen)));
            return waitsFor.Keys.Any(provider => Reaches(provider, provider, [])) ? Truth.True
                : scope.Context.Case.Open.Contains("provisions") ? Truth.Unknown : Truth.False;
        });
    }

    private static Truth HasCover(Scope scope, Need need)
    {
        var result = Truth.False;
        foreach (var answer in scope.Context.Coverage)
        {
            if (answer.NeedId == need.Id)
            {
                result = result.Or(answer.Outcome switch
                {
                    Outcome.Covered or Outcome.Conditional => Truth.True,
                    Outcome.Undetermined => Truth.Unknown,
                    _ => Truth.False,
                });
            }
        }

        return result;
    }

    /// <summary>An answer is covered, and a provision of the need is granted or running.</summary>
    private static Truth IsCovered(Scope scope, Need need)
    {
        var result = Truth.False;
        foreach (var answer in scope.Context.Coverage)
        {
            if (answer.NeedId == need.Id)
            {
                result = result.Or(answer.Outcome == Outcome.Covered ? Truth.True : answer.Outcome == Outcome.Undetermined ? Truth.Unknown : Truth.False);
            }
        }

        var served = Kleene.Known(scope.Context.ProvisionsOf(need).Any(p => p.Status is "granted" or "running"));
        return result.And(served == Truth.False && scope.Context.Case.Open.Contains("provisions") ? Truth.Unknown : served);
    }

    /// <summary>The answer of a need for a scheme; of a provision it is read for each of its needs.</summary>
    private Typed OutcomeOf(Syntax.Call call)
    {
        var arguments = Arguments(call, 2);
        var (item, kind) = BindItem(arguments[0]);
        var need = kind switch
        {
            ItemKind.Need => item,
            ItemKind.Provision => new SlotItem(LiftOverNeedsOf(item, Text(arguments[0])).Slot),
            _ => throw Fault(arguments[0], $"{Text(arguments[0])} is no need or provision"),
        };
        var scheme = BindTerm(arguments[1], new(ValueKind.Code, vocabulary.Schemes.Keys.ToFrozenSet(), "schemes")).Term;
        return new(new Computed([need, scheme], scope =>
        {
            if (need.Item(scope) is Need asked && scheme.Get(scope) is { Kind: ValueKind.Code } of)
            {
                foreach (var answer in scope.Context.Coverage)
                {
                    if (answer.Scheme == of.Code && answer.NeedId == asked.Id)
                    {
                        return Value.Of(answer.Outcome.Code());
                    }
                }
            }

            return default;
        }), new(ValueKind.Code, ItemFields.Outcomes, "outcomes"));
    }

    /// <summary>The best outcome of a need over some schemes; "none" without an answer, unknown if the best is undetermined.</summary>
    private Typed BestCoverage(Syntax.Call call, Func<string, bool> counts)
    {
        var item = BindItem(Arguments(call, 1)[0], ItemKind.Need);
        return new(new Computed([item], scope =>
        {
            var best = "none";
            foreach (var answer in scope.Context.Coverage)
            {
                if (item.Item(scope) is Need n && answer.NeedId == n.Id && counts(answer.Scheme) && Rank(answer.Outcome.Code()) > Rank(best))
                {
                    best = answer.Outcome.Code();
                }
            }

            return best == "undetermined" ? default : Value.Of(best);
        }), new(ValueKind.Code, ItemFields.Outcomes.Append("none").ToFrozenSet(), "outcomes"));

        static int Rank(string outcome) => outcome switch { "covered" => 4, "conditional" => 3, "undetermined" => 2, "notCovered" => 1, _ => 0 };
    }

    private Found Option(Syntax.Call call)
    {
        var option = Literal(Arguments(call, 1)[0], vocabulary.Options, "options");
        return new([], scope => Kleene.Known(scope.Context.Case.Options.Contains(option)));
    }

    private Typed Par(Syntax.Call call)
    {
        var id = Literal(Arguments(call, 1)[0], vocabulary.Parameters.Keys, "parameters");
        var type = vocabulary.Parameters[id].Select(p => p.Value).FirstOrDefault(v => v.IsKnown);
        return new(new ParameterTerm(id), type.IsKnown ? TermType.Of(type) : TermType.Any);
    }

    private Typed Dates(Syntax.Call call, TermType type, Func<DateOnly[], Value> compute)
    {
        var terms = Arguments(call, 2).Select(argument => DateTerm(argument)).ToArray();
        return new(new Computed(terms, scope => terms[0].Get(scope) is { Kind: ValueKind.Date } first && terms[1].Get(scope) is { Kind: ValueKind.Date } second
            ? compute([first.Date, second.Date]) : default), type);
    }

    private Term DateTerm(Syntax syntax) => ValueTerm(syntax, TermType.Date);

    private Term NumberTerm(Syntax syntax) => ValueTerm(syntax, TermType.Number);

    private Term ValueTerm(Syntax syntax, TermType expected)
    {
        var (term, type) = BindTerm(syntax, expected);
        Expect(syntax, type, expected);
        return term;
    }

    private Typed AddMonths(Syntax.Call call)
    {
        var arguments = Arguments(call, 2);
        var (day, months) = (DateTerm(arguments[0]), NumberTerm(arguments[1]));
        return new(new Computed([day, months], scope => day.Get(scope) is { Kind: ValueKind.Date } from && months.Get(scope) is { Kind: ValueKind.Number } count
            ? Value.Of(Shift(from.Date, count.Number)) : default), TermType.Date);

        // A day beyond the calendar is its last (or first) day: 9999-12-31 stands for "no date".
        static DateOnly Shift(DateOnly from, decimal months)
        {
            var at = (from.Year * 12) + from.Month - 1 + decimal.Truncate(months);
            return at < 12 ? DateOnly.MinValue : at >= 120_000 ? DateOnly.MaxValue : from.AddMonths((int)decimal.Truncate(months));
        }
    }

    private Typed Year(Syntax.Call call)
    {
        var day = DateTerm(Arguments(call, 1)[0]);
        return new(new Computed([day], scope => day.Get(scope) is { Kind: ValueKind.Date } date ? Value.Of((decimal)date.Date.Year) : default), TermType.Number);
    }

    private Typed Coalesce(Syntax.Call call)
    {
        if (call.Arguments.Count < 2)
        {
            throw Fault(call, "coalesce needs at least two values");
        }

        var (first, type) = BindTerm(call.Arguments[0], null);
        Term[] terms = [first, .. call.Arguments.Skip(1).Select(argument =>
        {
            var (term, found) = BindTerm(argument, type);
            Expect(argument, found, type);
            return term;
        })];
        return new(new Computed(terms, scope =>
        {
            foreach (var term in terms)
            {
                if (term.Get(scope) is { IsKnown: true } value)
                {
                    return value;
                }
            }

            return default;
        }), type);
    }

    private Term SetTerm(Syntax syntax, Syntax.Call call)
    {
        var (term, type) = BindTerm(syntax, null);
        return type.Kind is ValueKind.Set or ValueKind.Unknown ? term : throw Fault(syntax, $"{Text(syntax)} is {type.Name}; {call.Name} needs a set");
    }

    private Typed Size(Syntax.Call call)
    {
        var set = SetTerm(Arguments(call, 1)[0], call);
        return new(new Computed([set], scope => set.Get(scope) is { Kind: ValueKind.Set } value ? Value.Of((decimal)value.Set.Length) : default), TermType.Number);
    }

    private Found Emptiness(Syntax.Call call, bool empty)
    {
        var set = SetTerm(Arguments(call, 1)[0], call);
        return new([set], scope => set.Get(scope) is { Kind: ValueKind.Set } value ? Kleene.Known(value.Set.IsEmpty == empty) : Truth.Unknown);
    }

    private AndNode Between(Syntax.Call call)
    {
        var arguments = Arguments(call, 3);
        var (value, type) = BindTerm(arguments[0], null);
        Term Bound(Syntax syntax)
        {
            var (term, found) = BindTerm(syntax, type);
            Expect(syntax, found, type);
            return term;
        }

        return type.Kind is ValueKind.Number or ValueKind.Date
            ? new([new Ordering(value, ">=", Bound(arguments[1])), new Ordering(value, "<=", Bound(arguments[2]))])
            : throw Fault(arguments[0], $"{Text(arguments[0])} is {type.Name}; between needs a number or a day");
    }

    private Found Knowledge(Syntax.Call call, bool known)
    {
        var term = BindTerm(Arguments(call, 1)[0], null).Term;
        return new([term], scope => Kleene.Known(term.Get(scope).IsKnown == known));
    }

    /// <summary>The value of a fact as somebody wrote it, whatever its derivation says.</summary>
    private Typed Recorded(Syntax.Call call)
    {
        var argument = Arguments(call, 1)[0];
        return argument is Syntax.Fact { At: null } syntax && vocabulary.FactById.TryGetValue(syntax.Id, out var fact)
            ? new(new Computed([], scope => scope.Context.Stated(fact, scope.Slots.Length > 0 ? scope.Slots[ItemSlot] : null)), TermType.Of(fact))
            : throw Fault(argument, string.Create(CultureInfo.InvariantCulture, $"recorded needs a fact"));
    }
}
