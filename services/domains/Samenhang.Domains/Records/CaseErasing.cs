using Samenhang.Domains.Assessment;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Domains.Records;

/// <summary>Erases what a domain holds under its name for a case: its records, and what it answered.</summary>
/// <remarks>
/// Also when it holds nothing yet: a question that comes later than the erasure finds the place taken and leaves nothing behind. Broken off halfway it
/// is done again, because the message counts as handled only with the last of it.
/// </remarks>
public sealed class CaseErasing<TDomain>(IEnumerable<ICaseRecords<TDomain>> kinds, Streams<AssessmentState<TDomain>, AssessmentEvent<TDomain>> assessments)
    where TDomain : IDomain
{
    /// <summary>Erases it, once, however often the message comes.</summary>
    public async Task EraseAsync(string casePseudonym, Guid messageId, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
        {
            await kind.EraseAsync(casePseudonym, cancellationToken);
        }

        await assessments.EraseAsync(casePseudonym, _ => Result<IReadOnlyList<RowWrite>>.Success([]), cancellationToken, messageId);
    }
}
