namespace Samenhang.Domains.Records;

/// <summary>The records of one kind, as far as they belong to a case.</summary>
/// <typeparam name="TDomain">The domain that keeps them.</typeparam>
public interface ICaseRecords<TDomain>
    where TDomain : IDomain
{
    /// <summary>Erases the records of a case; a second time there is nothing.</summary>
    Task EraseAsync(string casePseudonym, CancellationToken cancellationToken);
}
