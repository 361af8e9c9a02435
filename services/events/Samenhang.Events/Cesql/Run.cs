namespace Samenhang.Events.Cesql;

/// <summary>One evaluation: the event, and what failed so far. The errors themselves are made only if somebody wants to read them.</summary>
internal struct Run(CloudEvent @event, bool describe)
{
    private List<CesqlError>? errors;

    public readonly CloudEvent Event => @event;

    public int Failures { get; private set; }

    public readonly IReadOnlyList<CesqlError> Errors => errors ?? (IReadOnlyList<CesqlError>)[];

    public void Fail(CesqlErrorKind kind, int position, string subject)
    {
        Failures++;
        if (describe)
        {
            (errors ??= []).Add(new(kind, position, subject));
        }
    }
}
