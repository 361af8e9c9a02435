using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Samenhang.Language;

/// <summary>The vocabulary cannot be used; <see cref="Exception.Message"/> names every fault with its file.</summary>
public sealed class VocabularyException(IReadOnlyList<string> faults)
    : Exception("The vocabulary has faults:" + Environment.NewLine + string.Join(Environment.NewLine, faults))
{
    /// <summary>One line per fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>Reads the vocabulary's lists from a folder and checks that they agree with each other.</summary>
public static class VocabularyLoader
{
    private static readonly string[] Files =
        ["facts", "needs", "schemes", "outcomes", "flags", "codes", "professions", "referrers", "parameters", "deadlines", "words", "tenants", "employer-words"];

    /// <summary>The folder that ships beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "vocabulary");

    /// <summary>Reads and checks the folder.</summary>
    /// <exception cref="VocabularyException">A list is missing or wrong; all faults at once.</exception>
    public static Vocabulary Load(string folder)
    {
        var faults = new List<string>();
        var texts = new Dictionary<string, string>();
        foreach (var name in Files)
        {
            var path = Path.Combine(folder, name + ".json");
            if (File.Exists(path))
            {
                texts[name] = File.ReadAllText(path);
            }
            else
            {
                faults.Add($"{path}: the list is missing");
            }
        }

        if (faults.Count > 0)
        {
            throw new VocabularyException(faults);
        }

        var lists = new Dictionary<string, JsonElement>();
        foreach (var (name, text) in texts)
        {
            try
            {
                lists[name] = JsonDocument.Parse(text).RootElement;
            }
            catch (JsonException e)
            {
                faults.Add($"{name}.json({e.LineNumber + 1}): no JSON: {e.Message}");
            }
        }

        if (faults.Count > 0)
        {
            throw new VocabularyException(faults);
        }

        var vocabulary = Build(lists, texts, faults);
        Check(vocabulary, faults);
        return faults.Count == 0 ? vocabulary : throw new VocabularyException(faults);
    }

    /// <summary>A hash over texts, short enough to read aloud.</summary>
    public static string VersionOf(params IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))))[..16];

    private static Vocabulary Build(Dictionary<string, JsonElement> lists, Dictionary<string, string> texts, List<string> faults)
    {
        var parameterFaults = new List<ListFault>();
        var parameters = ParameterList.Read(texts["parameters"], parameterFaults);
        faults.AddRange(parameterFaults.Select(fault => fault.ToString()));
        var codes = lists["codes"];
        var outcomes = lists["outcomes"];
        var professions = Index(lists["professions"].GetProperty("professions"), "professions",
            p => new Profession(Id(p), Text(p, "labelNl")!, Text(p, "typicalService")!, Text(p, "register")), p => p.Id, faults);
        var referrers = lists["referrers"].GetProperty("referrers").EnumerateArray().ToFrozenDictionary(Id, r => Text(r, "labelNl")!);
        var facts = lists["facts"].EnumerateArray().Select((fact, index) => ReadFact(fact, index, professions, referrers, faults)).ToArray();
        var groups = codes.GetProperty("schemeGroups");
        var needs = Index(lists["needs"], "needs", n => new NeedKind(Id(n), Text(n, "labelNl")!, Text(n, "goal")!, n.GetProperty("social").GetBoolean(), Text(n, "seenByEmployerAs"), Texts(n, "typicalDomains")) { LabelEn = Text(n, "labelEn") ?? "" }, n => n.Id, faults);
        return new Vocabulary
        {
            Facts = facts,
            FactById = Index(facts, "facts", f => f.Id, faults),
            Needs = needs,
            EmployerNeeds = EmployerNeeds(needs, codes.GetProperty("employerNeeds"), faults),
            Visibility = codes.GetProperty("visibility").EnumerateObject().ToFrozenDictionary(p => p.Name, p => new ListVisibility(
                Text(p.Value, "needs")!, Texts(p.Value, "provisions").ToFrozenSet(), Texts(p.Value, "parties").ToFrozenSet(),
                Texts(p.Value, "events").ToFrozenSet(), Texts(p.Value, "evidence").ToFrozenSet())),
            Schemes = Index(lists["schemes"], "schemes", ReadScheme, s => s.Id, faults),
            Flags = [.. ReadFlags(lists["flags"], texts["flags"])],
            Parameters = parameters,
            ParametersVersion = VersionOf(texts["parameters"]),
            TenantKinds = Index(lists["tenants"], "tenants", t => new TenantKind(Id(t), Text(t, "labelNl")!, Texts(t, "facts"), Texts(t, "parameters"), Texts(t, "options")), t => t.Id, faults),
            Deadlines = [.. lists["deadlines"].EnumerateArray().Select(d => DeadlineReader.Read(d, faults))],
            Professions = professions,
            MainPractitioners = [.. lists["professions"].GetProperty("mainPractitioner").EnumerateArray().Select(m => new MainPractitionerRegime(
                Text(m, "role")!, Texts(m, "products"), Days(m), m.TryGetProperty("allow", out var allow) && allow.ValueKind == JsonValueKind.Array ? Texts(m, "allow") : null,
                m.TryGetProperty("deny", out _), Text(m, "when"), Texts(m, "rules")))],
            CareManagerPayments = [.. lists["professions"].GetProperty("careManagerPayment").EnumerateArray().Select(ReadCareManagerPayment)],
            Referrers = referrers,
            ReferrerAcceptance = [.. lists["referrers"].GetProperty("acceptance").EnumerateArray().Select(a => new ReferrerAcceptance(
                Text(a, "referrer")!, a.GetProperty("to").EnumerateObject().ToFrozenDictionary(p => p.Name, p => p.Value.ToString()), Texts(a, "rules")))],
            PartyRoles = Index(codes.GetProperty("partyRoles"), "codes.partyRoles", r => new PartyRole(Id(r), Text(r, "labelNl")!, Text(r, "service")!), r => r.Id, faults),
            ProvisionStatus = Ids(codes, "provisionStatus"),
            EventTypes = Ids(codes, "eventTypes"),
            EvidenceTypes = Ids(codes, "evidenceTypes"),
            ConsentCategories = Ids(codes, "consentCategories"),
            OpenLists = Ids(codes, "openLists"),
            Options = Ids(codes, "options"),
            Documents = codes.GetProperty("rulesetKeys").EnumerateObject().ToFrozenDictionary(p => p.Name, p => p.Value.GetString()!),
            DocumentsOfPrefix = codes.GetProperty("rulePrefix").EnumerateObject().ToFrozenDictionary(p => p.Name, p => (IReadOnlyList<string>)p.Value.GetString()!.Split('+')),
            SchemeGroups = groups.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array && p.Value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String))
                .ToFrozenDictionary(p => p.Name, p => p.Value.EnumerateArray().Select(v => v.GetString()!).ToFrozenSet()),
            AllowedPairs = Pairs(groups, "allowedPairs"),
            ExclusivePairs = Pairs(groups, "exclusivePairs"),
            ProductOrder = Texts(codes.GetProperty("productOrder"), "order"),
            ProductCodes = codes.GetProperty("productOrder").GetProperty("codes").EnumerateObject().ToFrozenDictionary(p => p.Name, p => p.Value.GetString()!),
            PaymentEffects = [.. codes.GetProperty("paymentEffects").EnumerateArray().Select(e => new PaymentEffect(Text(e, "code")!, Text(e, "profession"), Text(e, "effect")!))],
            PaymentModes = outcomes.GetProperty("paymentModes").EnumerateArray().ToFrozenDictionary(Id, m => Text(m, "labelNl")!),
            UndeterminedReasons = [.. outcomes.GetProperty("coverage").EnumerateArray().Single(o => Id(o) == "undetermined").GetProperty("reasons").EnumerateArray().Select(r => r.GetString()!)],
            Modals = Ids(outcomes, "decisionModal"),
            EmployerScreen = EmployerScreen.Read(lists["employer-words"], faults),
            Words = lists["words"].EnumerateObject().ToFrozenDictionary(word => word.Name, word => word.Value.GetString()!),
            Version = VersionOf(Files.Where(file => file != "parameters").Select(file => texts[file])),
        };
    }

    private static FactDefinition ReadFact(JsonElement fact, int index, FrozenDictionary<string, Profession> professions, FrozenDictionary<string, string> referrers, List<string> faults)
    {
        var values = fact.TryGetProperty("values", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Object ? Id(v) : v.ToString()).ToFrozenSet()
            : Text(fact, "valuesFrom") switch
            {
                null => null,
                "professions.json" => professions.Keys.ToFrozenSet(),
                "referrers.json" => referrers.Keys.ToFrozenSet(),
                var other => Report(faults, $"facts.json: {Id(fact)}: valuesFrom {other} is no list with values"),
            };
        return new FactDefinition
        {
            Id = Id(fact),
            Index = index,
            Type = Code<FactType>(fact, "type", faults),
            Level = Code<FactLevel>(fact, "level", faults),
            Values = values,
            Unit = Text(fact, "unit"),
            ClaimsOnly = Text(fact, "tier") == "claims",
            Sensitivity = Text(fact, "sensitivity")!,
            VisibleTo = Texts(fact, "visibleTo").ToFrozenSet(),
            VisibleIf = fact.TryGetProperty("visibleIf", out var conditions) ? conditions.EnumerateObject().ToFrozenDictionary(p => p.Name, p => p.Value.GetString()!) : FrozenDictionary<string, string>.Empty,
            LabelNl = Text(fact, "labelNl")!,
            QuestionNl = Text(fact, "questionNl")!,
            LabelEn = Text(fact, "labelEn") ?? "",
            QuestionEn = Text(fact, "questionEn") ?? "",
            DerivedFrom = Texts(fact, "derivedFrom"),
        };
    }

    private static Scheme ReadScheme(JsonElement scheme) => new()
    {
        Id = Id(scheme),
        Law = Text(scheme, "law")!,
        Service = Text(scheme, "service")!,
        LabelNl = Text(scheme, "labelNl")!,
        LabelEn = Text(scheme, "labelEn") ?? "",
        Payer = Text(scheme, "payer")!,
        EntitlementKind = Text(scheme, "entitlementKind")!,
        PaymentMode = Text(scheme, "paymentMode"),
        Validity = Days(scheme),
        Level = Text(scheme, "level"),
        Deductible = scheme.TryGetProperty("deductible", out var deductible) && deductible.ValueKind is JsonValueKind.True or JsonValueKind.False ? deductible.GetBoolean() : null,
        MaxTariffParameter = Text(scheme, "maxTariffParameter"),
        LawWhen = scheme.TryGetProperty("lawWhen", out var laws) ? [.. laws.EnumerateArray().Select(w => new LawWhen(Text(w, "if")!, Text(w, "law")!, Text(w, "payer")))] : [],
        Rules = Texts(scheme, "rules"),
    };

    private static IEnumerable<Flag> ReadFlags(JsonElement flags, string text)
    {
        var faults = new List<string>();
        foreach (var flag in flags.EnumerateArray())
        {
            var id = Id(flag);
            var at = text.IndexOf($"\"id\": \"{id}\"", StringComparison.Ordinal);
            yield return new Flag
            {
                Id = id,
                Family = Text(flag, "family")!,
                LabelNl = Text(flag, "labelNl")!,
                LabelEn = Text(flag, "labelEn") ?? "",
                Meaning = Text(flag, "meaning")!,
                Severity = Code<Severity>(flag, "severity", faults),
                Scope = Code<FlagScope>(flag, "scope", faults),
                Predicate = Text(flag, "predicate")!,
                Refines = Text(flag, "refines"),
                SuggestedActionNl = Text(flag, "suggestedAction")!,
                SuggestedActionEn = Text(flag, "suggestedActionEn") ?? "",
                Rules = Texts(flag, "rules"),
                Line = at < 0 ? 0 : text.AsSpan(0, at).Count('\n') + 1,
            };
        }

        if (faults.Count > 0)
        {
            throw new VocabularyException(faults);
        }
    }

    private static CareManagerPayment ReadCareManagerPayment(JsonElement payment)
    {
        var professions = Text(payment, "profession")!;
        return new CareManagerPayment(
            professions.StartsWith("other", StringComparison.Ordinal) ? [] : professions.Split('|'),
            Text(payment, "workBase"), payment.TryGetProperty("contract", out var contract) ? contract.GetBoolean() : null,
            Texts(payment, "schemes"), Text(payment, "terminalScheme"), Texts(payment, "rules"));
    }

    /// <summary>The value of a parameter as it stands in JSON: a number, a day (unit date), a list, or a text.</summary>
    public static Value ParameterValue(JsonElement value, string unit) => value.ValueKind switch
    {
        JsonValueKind.Number => Value.Of(value.GetDecimal()),
        JsonValueKind.True or JsonValueKind.False => Value.Of(value.GetBoolean()),
        JsonValueKind.Array => Value.SetOf(value.EnumerateArray().Select(v => v.ToString())),
        JsonValueKind.String when unit.StartsWith("date", StringComparison.Ordinal) && TryDate(value.GetString(), out var day) => Value.Of(day),
        JsonValueKind.String => Value.Of(value.GetString()),
        _ => Value.Unknown,
    };

    /// <summary>The neutral word has the label of the kind with that name, or one of its own; never that of the kind behind it.</summary>
    private static FrozenDictionary<string, NeedKind> EmployerNeeds(FrozenDictionary<string, NeedKind> needs, JsonElement labels, List<string> faults)
    {
        var own = labels.EnumerateArray().ToDictionary(Id, l => Text(l, "labelNl")!);
        var english = labels.EnumerateArray().ToDictionary(Id, l => Text(l, "labelEn") ?? "");
        return needs.Values.Select(n => n.SeenByEmployerAs).OfType<string>().Distinct().ToFrozenDictionary(word => word, word =>
        {
            var label = own.GetValueOrDefault(word) ?? (needs.TryGetValue(word, out var kind) ? kind.LabelNl : null);
            if (label is null)
            {
                faults.Add($"codes.json: employerNeeds: {word} has no label");
            }

            return new NeedKind(word, label ?? word, Goal: "", Social: false, SeenByEmployerAs: word, TypicalDomains: ["employer"])
            {
                LabelEn = english.GetValueOrDefault(word) ?? needs.GetValueOrDefault(word)?.LabelEn ?? "",
            };
        });
    }

    private static void Check(Vocabulary v, List<string> faults)
    {
        foreach (var (service, seen) in v.Visibility)
        {
            faults.AddRange(seen.Events.Where(e => e != "*" && !v.EventTypes.Contains(e)).Select(e => $"codes.json: visibility.{service}: {e} is no event type"));
            faults.AddRange(seen.Evidence.Where(e => e != "*" && !v.EvidenceTypes.Contains(e)).Select(e => $"codes.json: visibility.{service}: {e} is no evidence type"));
        }

        DeadlineReader.Check(v, faults);

        foreach (var fact in v.Facts)
        {
            foreach (var source in fact.DerivedFrom.Where(s => s.Contains('.', StringComparison.Ordinal) && !v.FactById.ContainsKey(s)))
            {
                faults.Add($"facts.json: {fact.Id}: derivedFrom names {source}, which is no fact");
            }

            if (fact.Type == FactType.Enum && fact.Values is null)
            {
                faults.Add($"facts.json: {fact.Id}: an enum without values");
            }

            if (fact.Sensitivity == "medical" && fact.VisibleTo.Contains("employer"))
            {
                faults.Add($"facts.json: {fact.Id}: a medical fact is visible to the employer");
            }
        }

        CheckTenantKinds(v, faults);
        var flags = v.Flags.Select(f => f.Id).ToHashSet();
        foreach (var flag in v.Flags)
        {
            if (flag.Refines is not null && !flags.Contains(flag.Refines))
            {
                faults.Add($"flags.json({flag.Line}): {flag.Id}: refines {flag.Refines}, which is no flag");
            }

            foreach (var rule in flag.Rules.Where(rule => v.DocumentsOf(rule).Count == 0))
            {
                faults.Add($"flags.json({flag.Line}): {flag.Id}: rule {rule} belongs to no document");
            }
        }

        foreach (var scheme in v.Schemes.Values)
        {
            if (scheme.PaymentMode is not null && !v.PaymentModes.ContainsKey(scheme.PaymentMode))
            {
                faults.Add($"schemes.json: {scheme.Id}: payment mode {scheme.PaymentMode} is unknown");
            }

            if (scheme.MaxTariffParameter is not null && !v.Parameters.ContainsKey(scheme.MaxTariffParameter))
            {
                faults.Add($"schemes.json: {scheme.Id}: parameter {scheme.MaxTariffParameter} is unknown");
            }
        }

        faults.AddRange(
            from payment in v.CareManagerPayments
            from scheme in payment.Schemes
            where !v.Schemes.ContainsKey(scheme)
            select $"professions.json: careManagerPayment: {scheme} is no scheme");
        foreach (var (name, members) in v.SchemeGroups)
        {
            faults.AddRange(members.Where(m => !v.Schemes.ContainsKey(m)).Select(m => $"codes.json: schemeGroups.{name}: {m} is no scheme"));
        }
    }

    /// <summary>What one kind decides no other kind decides: two policies of a case never contradict each other.</summary>
    private static void CheckTenantKinds(Vocabulary v, List<string> faults)
    {
        foreach (var kind in v.TenantKinds.Values)
        {
            faults.AddRange(kind.Facts.Where(name => !v.Facts.Any(fact => new TenantKind("", "", [name], [], []).States(fact.Id))).Select(name => $"tenants.json: {kind.Id}: {name} is no fact"));
            faults.AddRange(kind.Options.Where(option => option != "*" && !v.Options.Contains(option)).Select(option => $"tenants.json: {kind.Id}: {option} is no option"));
            faults.AddRange(kind.Parameters.Where(id => !v.Parameters.TryGetValue(id, out var periods) || !periods.Any(p => p.Overridable))
                .Select(id => $"tenants.json: {kind.Id}: {id} is no parameter that may be overridden"));
        }

        faults.AddRange(v.Facts.Select(fact => fact.Id).Where(id => v.TenantKinds.Values.Count(kind => kind.States(id)) > 1).Select(id => $"tenants.json: {id} is stated by two kinds"));
        faults.AddRange(v.Parameters.Keys.Where(id => v.TenantKinds.Values.Count(kind => kind.Sets(id)) > 1).Select(id => $"tenants.json: {id} is set by two kinds"));
    }

    private static FrozenSet<string>? Report(List<string> faults, string fault)
    {
        faults.Add(fault);
        return null;
    }

    private static FrozenDictionary<string, T> Index<T>(JsonElement list, string file, Func<JsonElement, T> read, Func<T, string> id, List<string> faults) =>
        Index(list.EnumerateArray().Select(read).ToArray(), file, id, faults);

    private static FrozenDictionary<string, T> Index<T>(IReadOnlyList<T> items, string file, Func<T, string> id, List<string> faults)
    {
        faults.AddRange(items.GroupBy(id).Where(g => g.Count() > 1).Select(g => $"{file}.json: {g.Key} stands {g.Count()} times"));
        return items.DistinctBy(id).ToFrozenDictionary(id);
    }

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.ToString())] : [];

    private static FrozenSet<string> Ids(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Object ? Id(v) : v.GetString()!).ToFrozenSet();

    private static IReadOnlyList<(string, string)> Pairs(JsonElement groups, string name) =>
        [.. groups.GetProperty(name).EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!))];

    private static T Code<T>(JsonElement element, string name, List<string> faults) where T : struct, Enum
    {
        if (Enum.TryParse<T>(Text(element, name), ignoreCase: true, out var code))
        {
            return code;
        }

        faults.Add($"{Id(element)}: {name} {Text(element, name)} is unknown");
        return default;
    }

    private static Period Days(JsonElement element) => new(Day(element, "validFrom"), Day(element, "validTo"));

    private static DateOnly? Day(JsonElement element, string name) => TryDate(Text(element, name), out var day) ? day : null;

    private static bool TryDate(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
