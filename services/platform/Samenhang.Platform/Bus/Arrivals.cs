using Microsoft.Extensions.DependencyInjection;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Bus;

/// <summary>Whether a message has had its effect, when all who hear it run in this process.</summary>
internal sealed class Arrivals(IEnumerable<ServiceRegistration> services, IServiceProvider provider)
{
    public async Task<bool> HaveAllHandledAsync(Type message, Guid messageId, CancellationToken cancellationToken)
    {
        foreach (var service in services.Where(service => service.Hears(message)))
        {
            var store = provider.GetRequiredKeyedService<IEventStore>(service.Name);
            if (!await store.HasHandledAsync(messageId, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }
}
