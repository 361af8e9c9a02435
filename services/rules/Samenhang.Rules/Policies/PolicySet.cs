using System.Collections.Concurrent;
using System.Collections.Frozen;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Policies;

/// <summary>
/// What can change without a new rulebook: the dated numbers of the law, and what municipalities and insurers decided for
/// themselves. Immutable and safe for use by many threads; an edit makes a new set.
/// </summary>
public sealed class PolicySet
{
    private readonly FrozenDictionary<string, Tenant> tenants;
    private readonly ConcurrentDictionary<(string?, string?), ParameterSet> parametersOf = new();
    private readonly string lawVersion;

    private PolicySet(ParameterSet law, string lawVersion, IEnumerable<Tenant> tenants)
    {
        Law = law;
        this.lawVersion = lawVersion;
        this.tenants = tenants.ToFrozenDictionary(tenant => tenant.Id);
        Version = VocabularyLoader.VersionOf(this.tenants.Values.OrderBy(tenant => tenant.Id, StringComparer.Ordinal).Select(tenant => tenant.Digest).Prepend(lawVersion));
    }

    /// <summary>The dated numbers of the law.</summary>
    public ParameterSet Law { get; }

    /// <summary>The municipalities and insurers with a policy of their own.</summary>
    public IReadOnlyDictionary<string, Tenant> Tenants => tenants;

    /// <summary>A hash over all of it.</summary>
    public string Version { get; }

    /// <summary>The parameters of the vocabulary, and these tenants.</summary>
    public static PolicySet Of(Vocabulary vocabulary, params IEnumerable<Tenant> tenants)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new(ParameterSet.Of(vocabulary), vocabulary.ParametersVersion, tenants);
    }

    /// <summary>The parameters of the vocabulary, and tenants from texts that were read already.</summary>
    /// <exception cref="RulebookException">Something is wrong; all faults at once, with file and line.</exception>
    public static PolicySet Of(Vocabulary vocabulary, IReadOnlyList<RuleFile> tenantFiles)
    {
        var faults = new List<RuleFault>();
        var tenants = ReadTenants(vocabulary, tenantFiles, faults);
        return faults.Count == 0 ? Of(vocabulary, tenants) : throw new RulebookException(faults);
    }

    /// <summary>Reads parameters.json and the files of the tenants, and checks them against a vocabulary that may have been read earlier.</summary>
    /// <param name="vocabulary">The names and types that count.</param>
    /// <param name="vocabularyFolder">The folder that holds parameters.json.</param>
    /// <param name="tenantsFolder">The folder with a *.yaml file for each tenant.</param>
    /// <exception cref="RulebookException">Something is wrong; all faults at once, with file and line.</exception>
    public static PolicySet Load(Vocabulary vocabulary, string vocabularyFolder, string tenantsFolder)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var faults = new List<RuleFault>();
        var (parameters, version) = ReadParameters(vocabulary, Path.Combine(vocabularyFolder, ParameterList.FileName), faults);
        List<Tenant> tenants = [];
        if (Directory.Exists(tenantsFolder))
        {
            tenants = ReadTenants(vocabulary, RuleFile.ReadFolder(tenantsFolder), faults);
        }
        else
        {
            faults.Add(new(tenantsFolder, 0, "the folder of the tenants is missing"));
        }

        return faults.Count == 0 ? new(ParameterSet.Of(parameters), version, tenants) : throw new RulebookException(faults);
    }

    /// <summary>
    /// A case as the rules read it: where it says nothing itself, its tenants' facts and options of the reference day hold; and the
    /// numbers that count for it. Done twice it changes nothing more.
    /// </summary>
    /// <param name="case">The case, or what a service sees of it.</param>
    /// <param name="service">The service that reads it: it gets no fact that it may not see.</param>
    public AppliedPolicy For(Case @case, string service)
    {
        ArgumentNullException.ThrowIfNull(@case);
        var of = TenantsOf(@case);
        if (of.Count == 0)
        {
            return new(@case, Law, [], service);
        }

        var facts = @case.Facts;
        var options = @case.Options;
        foreach (var tenant in of)
        {
            foreach (var stated in tenant.Facts)
            {
                if (stated.Validity.Contains(@case.AsOf) && Sees(service, stated.Fact) && !facts[stated.Fact].IsKnown)
                {
                    facts = facts.With(stated.Fact, stated.Value);
                }
            }

            if (tenant.Options.Any(on => on.Validity.Contains(@case.AsOf) && !options.Contains(on.Option)))
            {
                options = [.. options, .. tenant.Options.Where(on => on.Validity.Contains(@case.AsOf)).Select(on => on.Option)];
            }
        }

        var applied = facts == @case.Facts && options == @case.Options ? @case : @case with { Facts = facts, Options = options };
        return new(applied, ParametersOf(@case, of), of, service);
    }

    /// <summary>What of this set counts for a case, as a short text: while it stays the same, so do the answers.</summary>
    public string VersionFor(Case @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return VersionFor(@case.Tenant, @case.Insurer);
    }

    /// <inheritdoc cref="VersionFor(Case)"/>
    public string VersionFor(string? municipality, string? insurer) => string.Join('+', TenantsOf(municipality, insurer).Select(tenant => $"{tenant.Id}:{tenant.Digest[..16]}").Prepend(lawVersion));

    /// <summary>The tenants of a case that have a file, the municipality first.</summary>
    public IReadOnlyList<Tenant> TenantsOf(Case @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return TenantsOf(@case.Tenant, @case.Insurer);
    }

    private IReadOnlyList<Tenant> TenantsOf(string? municipalityId, string? insurerId)
    {
        var municipality = municipalityId is not null ? tenants.GetValueOrDefault(municipalityId) : null;
        var insurer = insurerId is not null && insurerId != municipalityId ? tenants.GetValueOrDefault(insurerId) : null;
        return (municipality, insurer) switch
        {
            (null, null) => [],
            (null, not null) => [insurer],
            (not null, null) => [municipality],
            _ => [municipality, insurer],
        };
    }

    internal static bool Sees(string service, FactDefinition fact) =>
        service == "casemanager" || (fact.VisibleTo.Contains(service) && !fact.VisibleIf.ContainsKey(service));

    private ParameterSet ParametersOf(Case @case, IReadOnlyList<Tenant> of) =>
        of.All(tenant => tenant.Parameters.Count == 0) ? Law
        : parametersOf.GetOrAdd((@case.Tenant, @case.Insurer), _ => Law.With(of.SelectMany(tenant => tenant.Parameters)));

    private static List<Tenant> ReadTenants(Vocabulary vocabulary, IReadOnlyList<RuleFile> files, List<RuleFault> faults)
    {
        var reader = new TenantReader(vocabulary, faults);
        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(reader.Read).OfType<Tenant>().DistinctBy(tenant => tenant.Id)];
    }

    /// <summary>Rules were checked against the parameters of the vocabulary: each must still be there and of the same kind.</summary>
    private static (FrozenDictionary<string, IReadOnlyList<Parameter>> Parameters, string Version) ReadParameters(Vocabulary vocabulary, string path, List<RuleFault> faults)
    {
        if (!File.Exists(path))
        {
            faults.Add(new(ParameterList.FileName, 0, "the list is missing"));
            return (vocabulary.Parameters, vocabulary.ParametersVersion);
        }

        var text = File.ReadAllText(path);
        var found = new List<ListFault>();
        var parameters = ParameterList.Read(text, found);
        faults.AddRange(found.Select(fault => new RuleFault(fault.File, fault.Line, fault.Message)));
        if (found.Count == 0)
        {
            foreach (var (id, known) in vocabulary.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                if (!parameters.TryGetValue(id, out var now))
                {
                    faults.Add(new(ParameterList.FileName, 0, $"{id}, which the rules may name, is gone; that needs a restart"));
                }
                else if (KindOf(known) is var before && KindOf(now) is var after && before != after && before != ValueKind.Unknown && after != ValueKind.Unknown)
                {
                    faults.Add(new(ParameterList.FileName, 0, $"{id} is of another kind than the rules were read with; that needs a restart"));
                }
            }
        }

        return (parameters, VocabularyLoader.VersionOf(text));
    }

    private static ValueKind KindOf(IReadOnlyList<Parameter> periods) => periods.Select(period => period.Value.Kind).FirstOrDefault(kind => kind != ValueKind.Unknown);
}

/// <summary>A case under its tenants' policy.</summary>
/// <param name="Case">The case as the rules read it.</param>
/// <param name="Parameters">The numbers that count for it.</param>
/// <param name="Tenants">The tenants whose policy it is.</param>
/// <param name="Service">The service that reads it.</param>
public sealed record AppliedPolicy(Case Case, ParameterSet Parameters, IReadOnlyList<Tenant> Tenants, string Service)
{
    /// <summary>What of the policy was used, given the facts and parameters that were read in a case that says these facts itself.</summary>
    internal IReadOnlyList<PolicyUse> Uses(Case own, IReadOnlySet<string> facts, IReadOnlySet<string> parameters) =>
    [
        .. from tenant in Tenants
            from fact in tenant.Facts
            where facts.Contains(fact.Fact.Id) && fact.Validity.Contains(own.AsOf) && PolicySet.Sees(Service, fact.Fact) && !own.Facts[fact.Fact].IsKnown
            select new PolicyUse(tenant.Name, fact.Fact.Id, fact.Value, fact.Validity, fact.Source),
        .. from tenant in Tenants
            from parameter in tenant.Parameters
            where parameters.Contains(parameter.Id) && parameter.Validity.Contains(own.AsOf) && !own.Parameters.ContainsKey(parameter.Id)
            select new PolicyUse(tenant.Name, parameter.Id, parameter.Value, parameter.Validity, parameter.Document),
    ];
}
