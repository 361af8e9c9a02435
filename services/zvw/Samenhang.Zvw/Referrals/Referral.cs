using Samenhang.Messages.Cases;

namespace Samenhang.Zvw.Referrals;

/// <summary>A referral (verwijzing).</summary>
/// <param name="By">The referrer, a code of referrers.json.</param>
/// <param name="ToLevel">The level referred to, a code of the fact referral.toLevel.</param>
/// <param name="IssuedOn">The day.</param>
/// <param name="Facts">All that it says, as facts of the provision; the three above too.</param>
/// <param name="WithdrawnOn">The day it was taken back, or null.</param>
public sealed record Referral(string By, string ToLevel, DateOnly IssuedOn, IReadOnlyList<KnownFact> Facts, DateOnly? WithdrawnOn = null);
