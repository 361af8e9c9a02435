using System.Collections.Frozen;

namespace Samenhang.Zvw.Indications;

/// <summary>The documents that insured care and long-term care keep, and what each can establish about the client.</summary>
public static class IndicationTypes
{
    private static readonly FrozenDictionary<string, IReadOnlyList<string>> Establish = new Dictionary<string, IReadOnlyList<string>>
    {
        ["nursing-indication"] = ["nursing.indicatedHours", "nursing.plannedHours"],
        ["terminal-declaration"] = ["pal.lifeExpectancyMonths", "pal.phase"],
        ["vv10-physician-statement"] = ["wlz.vv10Intensive24h", "wlz.vv10Symptoms", "wlz.vv10ComplexContinuous"],
        ["zorgkantoor-consultation"] = [],
        ["ciz-decision"] = ["wlz.indication", "wlz.indicationFrom", "wlz.profile", "wlz.form", "wlz.ground", "wlz.needPermanent", "wlz.permanentSupervision", "wlz.care24hNearby"],
        ["delegation-agreement"] = [],
        ["screening-result"] = [],
        ["treatment-plan"] = [],
        ["relapse-plan"] = [],
        ["contract"] = [],
    }.ToFrozenDictionary();

    /// <summary>The types, codes of evidenceTypes.</summary>
    public static IReadOnlyCollection<string> All => Establish.Keys;

    /// <summary>The facts of the client that a document of the type can establish.</summary>
    public static IReadOnlyList<string> FactsOf(string type) => Establish.GetValueOrDefault(type) ?? [];
}
