using Samenhang.Language;
using Samenhang.Messages.Cases;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.Indications;
using Samenhang.Zvw.Paths;

namespace Samenhang.Zvw.ClaimsCheck;

/// <summary>Puts a bill in the words of the rules: a case of what insured care keeps itself and what the request tells of client and policy.</summary>
internal static class ClaimCase
{
    /// <summary>The case in which one line is judged: it bills the path, the accepted lines of the same bill stand beside it.</summary>
    internal static Case Of(ClaimToCheck claim, BillLine line, IReadOnlyList<BillLine> accepted, Vocabulary vocabulary)
    {
        var path = claim.Path;
        var billed = accepted.Select((earlier, index) => Billed(claim, path with { CaseProvisionId = $"{path.IdInCase}.accepted{index + 1}" }, earlier))
            .Prepend(Billed(claim, path, line)).ToList();
        return new CaseView
        {
            CasePseudonym = path.CasePseudonym ?? path.Id,
            AsOf = claim.AsOf ?? path.Trajectory?.Closing?.On ?? Day(line, "claim.invoiceDate") ?? claim.Today,
            Rulebooks = [.. vocabulary.DocumentsOfPrefix.Values.SelectMany(documents => documents).Distinct().Order(StringComparer.Ordinal)],
            Insurer = claim.Insurer,
            Facts = [.. CaseView.Known(claim.Facts), .. PolicyFacts(claim)],
            Needs = [.. claim.Needs.Select(need => new NeedView(need.Id, need.Kind.Id, CaseView.Known(need.Facts)))],
            Provisions = [.. billed, .. claim.OtherPaths.SelectMany(other => other.Provisions())],
            Parties = [.. claim.OtherPaths.Append(path).SelectMany(other => other.Parties()).GroupBy(party => party.Id).Select(Joined)],
            Events = [.. claim.OtherPaths.Append(path).Where(other => other.Trajectory?.Ground == Trajectories.OpeningGround.Crisis)
                .Select(other => new CaseEvent { Type = "crisis", Date = other.Trajectory!.OpenedOn, Provision = other.IdInCase })],
            Evidence = [.. claim.Indications.Where(indication => indication.WithdrawnOn is null)
                .Select(indication => new EvidenceView(indication.Type, indication.IssuedOn, indication.By, indication.Fields))],
        }.ToCase(vocabulary);
    }

    private static ProvisionView Billed(ClaimToCheck claim, CarePath path, BillLine line)
    {
        var provision = (path with { Lines = [new(1, line)], OnceTold = [] }).Provisions().First();
        var facts = provision.Facts.ToDictionary(fact => fact.Fact, fact => fact.Value);
        facts.TryAdd("prov.claimedPayer", new KnownValue { Code = "zvw" });

        // A change of product is recorded as a change of the path (GB-65); without one the demand stayed what it was.
        if (path.Trajectory?.Changes.Count == 0)
        {
            facts.TryAdd("claim.demandChanged", new KnownValue { Bool = false });
        }

        if (claim.Policy.Contract is { } contract)
        {
            facts["prov.contract"] = new KnownValue { Bool = contract };
        }

        return provision with { Facts = [.. facts.Select(fact => new KnownFact(fact.Key, fact.Value))] };
    }

    private static IEnumerable<KnownFact> PolicyFacts(ClaimToCheck claim)
    {
        var given = claim.Facts.Select(fact => fact.Key.Id).ToHashSet();
        if (claim.Policy.Kind is { } kind && given.Add("policy.type"))
        {
            yield return new("policy.type", new KnownValue { Code = kind });
        }

        if (claim.Policy.DeductibleRemaining is { } remaining && given.Add("policy.deductibleRemaining"))
        {
            yield return new("policy.deductibleRemaining", new KnownValue { Number = remaining });
        }

        foreach (var fact in claim.Indications.Where(indication => indication.WithdrawnOn is null).SelectMany(indication => indication.Facts).Where(fact => given.Add(fact.Fact)))
        {
            yield return fact;
        }
    }

    private static PartyView Joined(IGrouping<string, PartyView> same) =>
        same.Last() with { ProvisionIds = [.. same.Where(party => party.Role == same.Last().Role).SelectMany(party => party.ProvisionIds).Distinct()] };

    private static DateOnly? Day(BillLine line, string fact) => line.Facts.FirstOrDefault(known => known.Fact == fact)?.Value.Day;
}
