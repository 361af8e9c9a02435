namespace Samenhang.Domains.Records;

/// <summary>
/// What happened to a record. It carries the record as it is after it, so that a message can be made of it alone. Each kind of
/// record has a sum type of its own below this.
/// </summary>
public abstract record RecordEvent<TRecord>(TRecord After)
    where TRecord : class, IRecord;

/// <summary>The state of one record's stream; nothing before its first event.</summary>
public sealed record RecordState<TRecord>(TRecord? Current)
    where TRecord : class, IRecord;
