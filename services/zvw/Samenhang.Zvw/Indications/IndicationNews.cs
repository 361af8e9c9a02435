using Samenhang.Messages.Cases;

namespace Samenhang.Zvw.Indications;

/// <summary>What an indication says about its case.</summary>
public static class IndicationNews
{
    /// <summary>The news of an event: the document and what it establishes, or that both are taken back.</summary>
    public static CaseNews ToNews(this IndicationEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var indication = happened.After;
        var document = new EvidenceView(indication.Type, indication.IssuedOn, indication.By, indication.Fields);
        return happened switch
        {
            IndicationEvent.IndicationIssued => new CaseNews { Facts = indication.Facts, Evidence = [document] },
            _ => new CaseNews { Facts = [.. indication.Facts.Select(fact => fact with { Value = new KnownValue() })], EvidenceTakenBack = [document] },
        };
    }
}
