using System.Text.RegularExpressions;
using Samenhang.Casemanager.Subscriptions;

namespace Samenhang.Casemanager.Events;

/// <summary>The rights of a subscriber on the broker: to read its own queues, and nothing else. It declares nothing and publishes nothing.</summary>
public static class BrokerRights
{
    private const string Nothing = "^$";

    /// <summary>The pattern of what a subscriber may read.</summary>
    /// <param name="subscriptions">The ids of its subscriptions.</param>
    public static string ReadPattern(IEnumerable<string> subscriptions) => $"^({string.Join('|', subscriptions.Select(id => Regex.Escape(Listener.QueueOf(id))))})$";

    /// <summary>The arguments of <c>rabbitmqctl</c> that give a user these rights and take all others.</summary>
    public static IReadOnlyList<string> SetPermissions(string user, IReadOnlyList<string> subscriptions, string virtualHost = "/") =>
        ["set_permissions", "-p", virtualHost, user, Nothing, Nothing, ReadPattern(subscriptions)];

    /// <summary>
    /// The commands that give a subscriber its user, for an operator. The password is asked by the first command, so that it stands in no
    /// history. Run the last one again when the subscriber gets another subscription.
    /// </summary>
    public static IReadOnlyList<string> Commands(string user, IReadOnlyList<string> subscriptions, string virtualHost = "/") =>
    [
        $"rabbitmqctl add_user {Quote(user)}",
        $"rabbitmqctl set_user_tags {Quote(user)}",
        $"rabbitmqctl {string.Join(' ', SetPermissions(user, subscriptions, virtualHost).Select(Quote))}",
    ];

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
