namespace Samenhang.Messages;

/// <summary>Asks insured care to erase what it holds of a case: nothing of it may stay by law, or its time is over.</summary>
/// <param name="CasePseudonym">The name that this domain has for the case.</param>
public sealed record EraseZvwCase(string CasePseudonym);

/// <inheritdoc cref="EraseZvwCase"/>
/// <summary>Asks the municipality to erase what it holds of a case.</summary>
public sealed record EraseGemeenteCase(string CasePseudonym);

/// <inheritdoc cref="EraseZvwCase"/>
/// <summary>Asks UWV to erase what it holds of a case.</summary>
public sealed record EraseUwvCase(string CasePseudonym);
