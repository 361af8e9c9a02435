namespace Samenhang.Platform.Keys;

/// <summary>Rows that are sealed with keys of the ring.</summary>
public interface ISealedRows
{
    /// <summary>Which rows, as an operator calls them: <c>casemanager.case_row</c>.</summary>
    string Name { get; }

    /// <summary>Opens every row.</summary>
    /// <returns>How many lie under which key; the key <c>-</c> is that of rows which no key seals.</returns>
    Task<IReadOnlyList<SealedCount>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Seals rows of older keys anew with the one that writes; each step is whole, so this may be broken off and goes on where it was.</summary>
    /// <returns>How many rows were sealed anew; 0 = none is left.</returns>
    Task<int> RenewSomeAsync(CancellationToken cancellationToken);
}

/// <summary>Rows under one key.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="Rows">How many.</param>
/// <param name="Shut">How many of them do not open: altered, or not ours.</param>
public sealed record SealedCount(string KeyId, long Rows, long Shut);
