using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Store;

/// <summary>Which subscriptions there are, also those that ended.</summary>
public sealed class SubscriptionTable(IServiceProvider services) : IProjection<SubscriptionState, SubscriptionChange>
{
    // Looked up late: the store is made with the projections.
    private IEventStore Store => services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager);

    /// <inheritdoc/>
    public void Write(StreamChange<SubscriptionState, SubscriptionChange> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var created in change.Events.OfType<SubscriptionCreated>())
        {
            rows.Add(
                "INSERT INTO subscription_row (subscription_id, audience, identity) VALUES (@subscription, @audience, @identity)",
                ("@subscription", change.Key),
                ("@audience", created.Wish.Subscriber.Audience.ToString()),
                ("@identity", created.Wish.Subscriber.Identity));
        }
    }

    /// <inheritdoc/>
    public void Forget(string key, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("DELETE FROM subscription_row WHERE subscription_id = @subscription", ("@subscription", key));
    }

    /// <summary>A part of the list, the oldest first.</summary>
    /// <param name="audience">Only of this kind; null = all.</param>
    /// <param name="identity">Only of this subscriber; null = all.</param>
    /// <param name="after">Only those made after this one; empty = from the start.</param>
    /// <param name="max">How many.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<IReadOnlyList<string>> ListAsync(string? audience, string? identity, string after, int max, CancellationToken cancellationToken)
    {
        var conditions = $"{(audience is null ? "" : "audience = @audience AND ")}{(identity is null ? "" : "identity = @identity AND ")}";
        (string, object?)[] parameters =
        [
            ("@after", after), ("@max", max), .. audience is null ? [] : new (string, object?)[] { ("@audience", audience) },
            .. identity is null ? [] : new (string, object?)[] { ("@identity", identity) },
        ];
        return Store.QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                $"SELECT subscription_id FROM subscription_row WHERE {conditions}subscription_id > @after ORDER BY subscription_id LIMIT @max", row => row.GetString(0), cancel, parameters),
            cancellationToken);
    }
}
