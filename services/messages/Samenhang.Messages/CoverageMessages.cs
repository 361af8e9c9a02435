using Samenhang.Language;
using Samenhang.Messages.Cases;

namespace Samenhang.Messages;

/// <summary>Asks insured care what it covers. Always the first of a round: the others get its outcome.</summary>
/// <param name="Round">Counts the rounds of the case; the answer repeats it.</param>
/// <param name="View">What insured care may see.</param>
/// <param name="Suggested">The rows of its own schemes that the answer of another points to.</param>
public sealed record AskZvwCoverage(int Round, CaseView View, IReadOnlyList<SuggestedScheme> Suggested);

/// <summary>Asks the municipality what it covers.</summary>
/// <param name="Round">Counts the rounds of the case; the answer repeats it.</param>
/// <param name="View">What a municipality may see: no diagnosis; of insured care the outcome only.</param>
/// <param name="Suggested">The rows of its own schemes that the answer of another points to.</param>
public sealed record AskGemeenteCoverage(int Round, CaseView View, IReadOnlyList<SuggestedScheme> Suggested);

/// <summary>Asks UWV what it covers.</summary>
/// <param name="Round">Counts the rounds of the case; the answer repeats it.</param>
/// <param name="View">What UWV may see: work and benefit; of insured care the outcome only.</param>
/// <param name="Suggested">The rows of its own schemes that the answer of another points to.</param>
public sealed record AskUwvCoverage(int Round, CaseView View, IReadOnlyList<SuggestedScheme> Suggested);

/// <summary>A scheme that an answer points to for a need: it is answered, although no rule or provision asked for it.</summary>
public sealed record SuggestedScheme(string NeedId, string Scheme);

/// <summary>What insured care answered.</summary>
/// <param name="CasePseudonym">The name that this domain has for the case.</param>
/// <param name="Round">The round that was asked.</param>
/// <param name="RulebookVersion">The rulebook that answered.</param>
/// <param name="Rows">One for each need and scheme it knows.</param>
public sealed record ZvwCoverageAnswered(string CasePseudonym, int Round, string RulebookVersion, IReadOnlyList<Coverage> Rows);

/// <inheritdoc cref="ZvwCoverageAnswered"/>
/// <summary>What the municipality answered.</summary>
public sealed record GemeenteCoverageAnswered(string CasePseudonym, int Round, string RulebookVersion, IReadOnlyList<Coverage> Rows);

/// <inheritdoc cref="ZvwCoverageAnswered"/>
/// <summary>What UWV answered.</summary>
public sealed record UwvCoverageAnswered(string CasePseudonym, int Round, string RulebookVersion, IReadOnlyList<Coverage> Rows);
