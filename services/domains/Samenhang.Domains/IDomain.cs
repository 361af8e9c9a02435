namespace Samenhang.Domains;

/// <summary>
/// One of the services that hold a rulebook. The type argument keeps them apart when they run in one process: each has its own
/// streams, store and rulebook.
/// </summary>
public interface IDomain
{
    /// <summary>The name of the service, one of <c>ServiceNames</c>; also that of its rulebook, its store and its schemes.</summary>
    static abstract string Name { get; }
}
