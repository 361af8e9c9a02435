using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Samenhang.Language;
using Samenhang.Rules.Policies;

namespace Samenhang.Rules;

/// <summary>What redoing a receipt gave.</summary>
/// <remarks>A closed sum type: a switch over it names every case.</remarks>
public abstract record Redone
{
    private Redone()
    {
    }

    /// <summary>The same bytes: the answer still follows from the same inputs, rules and numbers.</summary>
    public sealed record Same : Redone;

    /// <summary>Something differs.</summary>
    /// <param name="Differences">Each in words, what was and what is; never empty.</param>
    public sealed record Different(IReadOnlyList<string> Differences) : Redone;

    /// <summary>This is no receipt, or of a service that is not at hand.</summary>
    /// <param name="Why">In words.</param>
    public sealed record Unreadable(string Why) : Redone;
}

/// <summary>
/// The proof of an answer: what was asked, by which rules and numbers, what came out, and a hash over all. Redone later by the same
/// rulebook it gives the same bytes; by another one it says what differs. It holds what the service saw of the case, so it
/// is kept like the case itself.
/// </summary>
public static class Receipt
{
    private const string Format = "samenhang-receipt/1";
    private const string Findings = "findings";

    /// <summary>The receipt of a rulebook's answers.</summary>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="view">What the service saw of the case.</param>
    /// <param name="suggested">The rows that another answer pointed to.</param>
    public static byte[] Write(Rulebook rulebook, Case view, IEnumerable<(string NeedId, string Scheme)>? suggested = null)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        ArgumentNullException.ThrowIfNull(view);
        IReadOnlyList<(string NeedId, string Scheme)> rows = [.. (suggested ?? []).OrderBy(row => row.NeedId, StringComparer.Ordinal).ThenBy(row => row.Scheme, StringComparer.Ordinal)];
        var parameters = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        var answers = rulebook.Assess(view, rows, parameters);
        return Seal(new JsonObject
        {
            ["format"] = Format,
            ["of"] = rulebook.Service,
            ["case"] = CanonicalJson.Of(CaseDocument.Of(view)),
            ["suggested"] = CanonicalJson.Of(rows.Select(row => new { row.NeedId, row.Scheme })),
            ["vocabulary"] = rulebook.Vocabulary.Version,
            ["derived"] = rulebook.DerivedVersion,
            ["rulebook"] = rulebook.RulesVersion,
            ["tenants"] = Tenants(rulebook.Policies, view),
            ["files"] = new JsonObject(rulebook.Files.Select(file => KeyValuePair.Create<string, JsonNode?>(file.Name, file.Digest))),
            ["parameters"] = CanonicalJson.Of(parameters),
            ["result"] = CanonicalJson.Of(answers),
        });
    }

    /// <summary>The receipt of the findings over a whole case.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="whole">The case.</param>
    /// <param name="coverage">The answers of all services.</param>
    public static byte[] Write(FindingBook findings, Case whole, IReadOnlyList<Coverage> coverage)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(coverage);
        var parameters = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        var found = findings.Evaluate(whole, coverage, parameters);
        return Seal(new JsonObject
        {
            ["format"] = Format,
            ["of"] = Findings,
            ["case"] = CanonicalJson.Of(CaseDocument.Of(whole)),
            ["coverage"] = CanonicalJson.Of(coverage),
            ["vocabulary"] = findings.Vocabulary.Version,
            ["derived"] = findings.DerivedVersion,
            ["blocks"] = findings.BlocksVersion,
            ["tenants"] = Tenants(findings.Policies, whole),
            ["parameters"] = CanonicalJson.Of(parameters),
            ["result"] = CanonicalJson.Of(new
            {
                Raised = found.Raised.Select(one => new { Finding = one.Flag.Id, one.Item, one.RuleIds, one.Facts, one.Explanation }),
                Undecided = found.Undecided.Select(one => new { Finding = one.Flag.Id, one.Item, one.MissingFacts }),
                found.Blocked,
            }),
        });
    }

    /// <summary>Does the work again and compares.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="rulebooks">The rulebooks at hand; of the service that the receipt is of.</param>
    public static Redone Redo(byte[] receipt, RulebookSet rulebooks)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(rulebooks);
        if (Read(receipt) is not { } before)
        {
            return new Redone.Unreadable($"This is no receipt of format {Format}.");
        }

        var differences = new List<string>();
        var isForged = before["sha256"]?.ToString() != Digest(Without(before, "sha256"));
        if (isForged)
        {
            differences.Add("sha256: the receipt was changed after it was written");
        }

        try
        {
            if (Again(before, rulebooks) is not { } again)
            {
                return new Redone.Unreadable($"The rulebook of {before["of"]} is not at hand.");
            }

            differences.AddRange(CanonicalJson.Differences(Without(before, "sha256"), Without(Read(again)!, "sha256")));
            if (differences.Count == 0 && !receipt.AsSpan().SequenceEqual(again))
            {
                differences.Add($"byte {receipt.AsSpan().CommonPrefixLength(again)}: the text is not as it was written");
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException || (isForged && e is InvalidOperationException or ArgumentException))
        {
            // A forged receipt can hold anything, also a value that its fact cannot have. Of a true one such a failure is ours and is not caught.
            differences.Add($"case: it cannot be read with the vocabulary at hand: {e.Message}");
        }

        return differences.Count == 0 ? new Redone.Same() : new Redone.Different(differences);
    }

    /// <summary>What differs between two receipts, in words; empty when they say the same.</summary>
    public static IReadOnlyList<string> Differences(byte[] before, byte[] after) =>
        [.. CanonicalJson.Differences(Read(before) is { } old ? Without(old, "sha256") : null, Read(after) is { } now ? Without(now, "sha256") : null)];

    /// <summary>The files of the tenants whose policy counted; the numbers of the law that were read stand among the parameters.</summary>
    private static JsonObject Tenants(PolicySet policies, Case view) =>
        new(policies.TenantsOf(view).Select(tenant => KeyValuePair.Create<string, JsonNode?>(tenant.Id, tenant.Digest)));

    private static byte[]? Again(JsonObject before, RulebookSet rulebooks)
    {
        var @case = before["case"].Deserialize<CaseDocument>(CanonicalJson.Options)!.ToCase(rulebooks.Derived.Vocabulary);
        var of = before["of"]!.ToString();
        return of == Findings ? Write(rulebooks.Findings, @case, before["coverage"].Deserialize<List<Coverage>>(CanonicalJson.Options)!)
            : rulebooks.ByService.TryGetValue(of, out var rulebook) ? Write(rulebook, @case, before["suggested"].Deserialize<List<Row>>(CanonicalJson.Options)!.Select(row => (row.NeedId, row.Scheme)))
            : null;
    }

    private static byte[] Seal(JsonObject receipt)
    {
        receipt["sha256"] = Digest(receipt);
        return CanonicalJson.Write(receipt);
    }

    private static string Digest(JsonObject receipt) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(receipt)));

    private static JsonObject Without(JsonObject receipt, string member) =>
        new(receipt.Where(pair => pair.Key != member).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

    private static JsonObject? Read(byte[] receipt)
    {
        try
        {
            return JsonNode.Parse(receipt) is JsonObject read && read["format"]?.ToString() == Format && read["of"] is not null && read["case"] is not null ? read : null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or ArgumentException)
        {
            // Not JSON, not UTF-8, or a name twice: no receipt either way, and the caller is told so.
            return null;
        }
    }

    private sealed record Row(string NeedId, string Scheme);
}
