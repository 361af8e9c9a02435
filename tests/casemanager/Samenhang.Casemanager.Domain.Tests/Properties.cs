using FsCheck;
using FsCheck.Fluent;

namespace Samenhang.Casemanager.Domain.Tests;

/// <summary>What must hold for whatever FsCheck comes up with; a failure names the seed that shows it.</summary>
internal static class Properties
{
    public static void HoldForAnySeed(Action<int> property) => Prop.ForAll(property).QuickCheckThrowOnFailure();
}
