import { describe, expect, it } from '@jest/globals';
import { bodyLinkageFaults, linkageFaults } from './linkage-check.js';

const groups = { data: [{ type: 'groups', id: '1' }] };
const entities = { data: [{ type: 'entities', id: '1' }] };

describe('The checker of links in examples', () => {
  it('accepts links of the type that the relationship is named after', () => {
    const relationships = { associated_groups: groups, entity_affiliations: entities, members: entities };
    expect(linkageFaults({ data: [{ relationships }] })).toEqual([]);
    expect(bodyLinkageFaults('/v1/groups/{id}/relationships/members', entities)).toEqual([]);
    expect(bodyLinkageFaults('/v1/contacts/{id}/relationships/group_affiliations', groups)).toEqual([]);
  });

  it.each(['associated_groups', 'group_affiliations', 'permissioned_groups'])('refuses entities as %s', (name) => {
    expect(linkageFaults({ data: { relationships: { [name]: entities } } })).toHaveLength(1);
    expect(bodyLinkageFaults(`/v1/x/{id}/relationships/${name}`, entities)).toHaveLength(1);
  });

  it.each(['members', 'associated_entities', 'permissioned_entities', 'entity_affiliations'])(
    'refuses groups as %s',
    (name) => {
      expect(linkageFaults([{ [name]: groups }])).toHaveLength(1);
      expect(bodyLinkageFaults(`/v1/x/{id}/relationships/${name}`, groups)).toHaveLength(1);
    },
  );
});
