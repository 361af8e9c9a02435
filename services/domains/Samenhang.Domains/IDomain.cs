using Samenhang.Access;
using Samenhang.Language;

namespace Samenhang.Domains;

/// <summary>
/// One of the services that hold a rulebook. The type argument keeps them apart when they run in one process: each has its own
/// streams, store and rulebook.
/// </summary>
public interface IDomain
{
    /// <summary>The name of the service, one of <c>ServiceNames</c>; also that of its rulebook, its store and its schemes.</summary>
    static abstract string Name { get; }

    /// <summary>As what those call who may see the records of their own cases only; null = the domain is one organisation.</summary>
    static virtual CallerRole? KeeperRole => null;

    /// <summary>Whose case a case is in this domain: the insurer or municipality as a token names it; null = nobody's that is known.</summary>
    static virtual string? KeeperOf(Case view) => null;
}
