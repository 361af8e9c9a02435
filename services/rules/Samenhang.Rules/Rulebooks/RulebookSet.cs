using System.Security.Cryptography;
using System.Text;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Policies;

namespace Samenhang.Rules;

/// <summary>The rulebooks of several services over one vocabulary, checked together.</summary>
public sealed class RulebookSet
{
    private const string BlocksFile = "blocks.yaml";

    private RulebookSet(DerivedFacts derived, PolicySet policies, IReadOnlyDictionary<string, Rulebook> byService, FindingBook findings)
    {
        Derived = derived;
        Policies = policies;
        ByService = byService;
        Findings = findings;
    }

    /// <summary>The facts that follow from others.</summary>
    public DerivedFacts Derived { get; }

    /// <summary>The dated numbers, and the policies of municipalities and insurers.</summary>
    public PolicySet Policies { get; }

    /// <summary>Each service's rulebook.</summary>
    public IReadOnlyDictionary<string, Rulebook> ByService { get; }

    /// <summary>The casemanager's findings.</summary>
    public FindingBook Findings { get; }

    /// <summary>The derived facts of a case under its policies.</summary>
    public IReadOnlyList<DerivedFact> FactsOf(Case @case)
    {
        var policy = Policies.For(@case, "casemanager");
        return Derived.Of(policy.Case, policy.Parameters);
    }

    /// <summary>Reads the rulebooks of the services from their folders, and the findings from the vocabulary.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="vocabularyFolder">The folder that holds derived.yaml and blocks.yaml.</param>
    /// <param name="folders">Per service the folder with its *.yaml files.</param>
    /// <param name="policies">The dated numbers, and the policies of municipalities and insurers; null = the numbers of the vocabulary alone.</param>
    /// <exception cref="RulebookException">Something is wrong; all faults at once, with file and line.</exception>
    public static RulebookSet Load(Vocabulary vocabulary, string vocabularyFolder, IReadOnlyDictionary<string, string> folders, PolicySet? policies = null)
    {
        var derived = DerivedFacts.Load(vocabulary, Path.Combine(vocabularyFolder, "derived.yaml"));
        var faults = new List<RuleFault>();
        var files = new Dictionary<string, IReadOnlyList<RuleFile>>();
        foreach (var (service, folder) in folders)
        {
            if (Directory.Exists(folder))
            {
                files[service] = RuleFile.ReadFolder(folder);
            }
            else
            {
                faults.Add(new(folder, 0, $"the rulebook folder of {service} is missing"));
            }
        }

        RuleFile? blocks = null;
        if (File.Exists(Path.Combine(vocabularyFolder, BlocksFile)))
        {
            blocks = RuleFile.Read(Path.Combine(vocabularyFolder, BlocksFile));
        }
        else
        {
            faults.Add(new(BlocksFile, 0, "the file is missing"));
        }

        return Compile(derived, files, policies ?? PolicySet.Of(vocabulary), blocks, faults);
    }

    /// <summary>The same from texts that were read already.</summary>
    /// <param name="derived">The facts that follow from others, and the vocabulary.</param>
    /// <param name="files">Per service its files, in any order.</param>
    /// <param name="policies">The dated numbers, and the policies of municipalities and insurers; null = the numbers of the vocabulary alone.</param>
    /// <param name="blocks">When which events must be stopped; null = no event is stopped.</param>
    /// <exception cref="RulebookException">Something is wrong; all faults at once, with file and line.</exception>
    public static RulebookSet Load(DerivedFacts derived, IReadOnlyDictionary<string, IReadOnlyList<RuleFile>> files, PolicySet? policies = null, RuleFile? blocks = null)
    {
        ArgumentNullException.ThrowIfNull(derived);
        ArgumentNullException.ThrowIfNull(files);
        return Compile(derived, files, policies ?? PolicySet.Of(derived.Vocabulary), blocks, []);
    }

    /// <summary>The same rulebooks with the condition of one clause turned around (true ↔ false): a fault that the tests of the rules must notice.</summary>
    /// <param name="clause">The clause, of one of these rulebooks.</param>
    public RulebookSet Negating(Clause clause)
    {
        ArgumentNullException.ThrowIfNull(clause);
        var byService = ByService.ToDictionary();
        byService[clause.Rule.Service] = byService[clause.Rule.Service].Negating(clause);
        return new(Derived, Policies, byService, Findings);
    }

    /// <summary>The same rulebooks with the condition of one finding turned around (true ↔ false): a fault that the tests of the rules must notice.</summary>
    /// <param name="flag">The finding, of the vocabulary of these rulebooks.</param>
    public RulebookSet Negating(Flag flag)
    {
        ArgumentNullException.ThrowIfNull(flag);
        return new(Derived, Policies, ByService, Findings.Negating(flag));
    }

    private static RulebookSet Compile(DerivedFacts derived, IReadOnlyDictionary<string, IReadOnlyList<RuleFile>> files, PolicySet policies, RuleFile? blocks, List<RuleFault> faults)
    {
        var byService = new SortedDictionary<string, Rulebook>(StringComparer.Ordinal);
        foreach (var (service, own) in files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            byService[service] = ReadService(service, [.. own.OrderBy(file => file.Name, StringComparer.Ordinal)], derived, policies, faults);
        }

        CheckAgreement(byService.Values, faults);
        var findings = FindingBook.Compile(derived, policies, blocks, faults);
        return faults.Count == 0 ? new(derived, policies, byService, findings) : throw new RulebookException(faults);
    }

    private static Rulebook ReadService(string service, IReadOnlyList<RuleFile> files, DerivedFacts derived, PolicySet policies, List<RuleFault> faults)
    {
        var rules = new List<Rule>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(derived.Vocabulary.Version + derived.Version));
        var reader = new RulebookReader(service, derived, faults);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Name + file.Digest));
            rules.AddRange(reader.Read(file));
        }

        var known = rules.Select(rule => rule.Id).ToHashSet();
        foreach (var group in rules.GroupBy(rule => rule.Id))
        {
            faults.AddRange(group.Skip(1).Select(again => new RuleFault(again.File, again.Line, $"{again.Id} stands already in {group.First().File}({group.First().Line})")));
        }

        faults.AddRange(
            from rule in rules
            from clause in rule.Clauses
            from exception in clause.ExceptionTo
            where !known.Contains(exception)
            select new RuleFault(rule.File, rule.Line, $"{rule.Id}: exceptionTo names {exception}, which this rulebook does not have{Spelling.Hint(exception, known)}"));
        return new(service, [.. rules.OrderBy(rule => rule.Id, RuleIdOrder.Natural)], files, derived, policies, Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
    }

    /// <summary>One rule in the rulebooks of two services is the same rule: strength, dates and place agree.</summary>
    private static void CheckAgreement(IEnumerable<Rulebook> rulebooks, List<RuleFault> faults)
    {
        foreach (var group in rulebooks.SelectMany(book => book.Rules).GroupBy(rule => rule.Id))
        {
            var first = group.First();
            faults.AddRange(group.Skip(1)
                .Where(rule => rule.Strength != first.Strength || rule.Validity != first.Validity || rule.Document != first.Document)
                .Select(rule => new RuleFault(rule.File, rule.Line, $"{rule.Id} differs from {first.Service}/{first.File}({first.Line}) in strength, dates or document")));
        }
    }
}

/// <summary>ARB-9 before ARB-10.</summary>
public sealed class RuleIdOrder : IComparer<string>
{
    /// <summary>The one order.</summary>
    public static RuleIdOrder Natural { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (xPrefix, xNumber) = Split(x!);
        var (yPrefix, yNumber) = Split(y!);
        var byPrefix = string.CompareOrdinal(xPrefix, yPrefix);
        return byPrefix != 0 ? byPrefix : xNumber != yNumber ? xNumber.CompareTo(yNumber) : string.CompareOrdinal(x, y);
    }

    private static (string, int) Split(string id)
    {
        var dash = id.LastIndexOf('-');
        return dash > 0 && int.TryParse(id.AsSpan(dash + 1), out var number) ? (id[..dash], number) : (id, 0);
    }
}
