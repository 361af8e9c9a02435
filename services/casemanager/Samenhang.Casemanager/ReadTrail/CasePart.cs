namespace Samenhang.Casemanager.ReadTrail;

/// <summary>Which part of a case a call is about, in words that a client knows.</summary>
public enum CasePart
{
    /// <summary>What is known: facts, needs, parties, consents.</summary>
    File,

    /// <summary>The plan and its findings.</summary>
    Plan,

    /// <summary>Why an answer is as it is, and what would change it.</summary>
    Reasons,

    /// <summary>What happened and was known before.</summary>
    History,

    /// <summary>The work that people agreed on, and hand-overs.</summary>
    Work,

    /// <summary>Who looked.</summary>
    ReadTrail,
}

/// <summary>The parts by the calls.</summary>
internal static class CaseParts
{
    private static readonly Dictionary<string, CasePart> ByMethod = new(StringComparer.Ordinal)
    {
        ["GetPlan"] = CasePart.Plan,
        ["WatchCase"] = CasePart.Plan,
        ["ShowCaseAs"] = CasePart.Plan,
        ["ExplainCoverage"] = CasePart.Reasons,
        ["ExplainFinding"] = CasePart.Reasons,
        ["WhatIf"] = CasePart.Reasons,
        ["PreviewQuestion"] = CasePart.Reasons,
        ["PreviewConsent"] = CasePart.Reasons,
        ["ListTrail"] = CasePart.History,
        ["ListWorkHistory"] = CasePart.History,
    };

    private static readonly Dictionary<string, CasePart> ByService = new(StringComparer.Ordinal)
    {
        ["FindingService"] = CasePart.Plan,
        ["HistoryService"] = CasePart.History,
        ["WorkService"] = CasePart.Work,
        ["WorklistService"] = CasePart.Work,
        ["HandOverService"] = CasePart.Work,
        ["ReadTrailService"] = CasePart.ReadTrail,
        ["EmergencyService"] = CasePart.ReadTrail,
    };

    /// <summary>The part of a call; what nobody named is about what is known.</summary>
    /// <param name="method"><c>samenhang.casemanager.v1.WorkService/ListWorkHistory</c>.</param>
    public static CasePart Of(string method)
    {
        var slash = method.LastIndexOf('/');
        return ByMethod.TryGetValue(method[(slash + 1)..], out var part) ? part
            : slash > 0 && ByService.TryGetValue(method[(method.LastIndexOf('.', slash) + 1)..slash], out var ofService) ? ofService
            : CasePart.File;
    }
}
